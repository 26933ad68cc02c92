/** Where load balancers make their names known. */
export interface AwsNames {
  set(name: string, entry: { zoneId: string; a(): string[]; aaaa(): string[]; healthy(): boolean }): void;
  delete(name: string): void;
}
