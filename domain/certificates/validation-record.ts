/** What ACM wants to find in DNS for one name of a certificate. */
export interface ValidationRecord {
  domain: string;
  name: string;
  value: string;
}
