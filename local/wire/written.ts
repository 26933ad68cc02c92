/** An output that stands as its protocol writes it: JSON. It is read only where somebody inside asks, and may be long. */
export class Written {
  readonly text: string;
  /** The output in the SDK's types. */
  readonly read: () => Promise<unknown>;

  constructor(text: string, read: () => Promise<unknown>) {
    this.text = text;
    this.read = read;
  }
}
