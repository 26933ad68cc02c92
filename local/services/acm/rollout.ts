import type { Certificate } from './certificate.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { Material } from './material.ts';

/**
 * How what ACM has reaches the load balancers and distributions that serve it: at once, unless a test holds it up. Then each goes on
 * serving what it served, whatever ACM renews or is given meanwhile (failures A18).
 */
export class Rollout {
  readonly #certificates: CertificateStore;
  #former: ReadonlyMap<string, Material> = new Map();

  constructor(certificates: CertificateStore) {
    this.#certificates = certificates;
  }

  /** From now on nothing takes a new one over; one that was never served is. */
  hold(): void {
    this.#former = this.#certificates.materials();
  }

  /** Everything serves what ACM has again. */
  resume(): void {
    this.#former = new Map();
  }

  /** What is served; undefined until it is issued. */
  served({ arn, material }: Certificate): Material | undefined {
    return this.#former.get(arn) ?? material;
  }
}
