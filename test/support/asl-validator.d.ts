/** asl-validator 4.0.0 ships no types. */
declare module 'asl-validator' {
  export default function validate(definition: object): {
    isValid: boolean;
    errors: { Message: string; 'Error code': string }[];
  };
}
