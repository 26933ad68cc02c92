import { isDeepStrictEqual } from 'node:util';
import { tagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { requestCertificate as askFor } from '../../aws/certificates/request-certificate.ts';
import { outcomeOf } from '../../domain/certificates/outcome.ts';
import { type CertificatePlace, HOME, requestedNames, VIEWERS } from '../../domain/certificates/place.ts';
import { certificateRequest } from '../../domain/certificates/request.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Applying, Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';
import { acmIn } from './acm-in.ts';
import type { DesiredCertificate, SeenCertificates } from './changes.ts';
import { generationOf } from './generation.ts';
import { importCertificate } from './import.ts';
import { readNamedCertificate } from './read-named.ts';
import { madeFor, standingCertificates } from './standing.ts';

/** Whether the certificate of the other place is requested for the same names: where its answer is not known yet, each may take the other's. */
function isBesideAnother(place: CertificatePlace, site: Site): boolean {
  const [own, other] = [requestedNames(place, site), requestedNames(HOME, site)];
  return place !== HOME && own.length > 0 && isDeepStrictEqual(own, other);
}

/** Requests the certificate of a place, or adopts one, and waits until ACM has named a validation record for every name. */
export function requestCertificate(place: CertificatePlace): Applying<DesiredCertificate, SeenCertificates> {
  const { type, where } = place;
  const namesIn = ({ scope: { site } }: Doing): string[] => (site ? place.names(site) : []);
  return {
    standing: standingCertificates(place),

    checkComplete({ chosen }, { scope: { known, site }, environment }) {
      if (known.RequestCertificate) return;
      if (site && place.region === environment.region && isBesideAnother(place, site)) {
        const message = `Waiting until ACM has the request for the load balancer: that of CloudFront is for the same names in the same region`;
        throw new Failure('NotReady', message);
      }
      if (!chosen?.shared) return;
      throw new Failure(
        'NotReady',
        'Waiting until the certificate is imported for the load balancer: viewers see the same',
      );
    },

    async apply({ verb }, actual, doing) {
      const { scope, keep } = doing;
      const acm = acmIn(place, doing);
      const generation = generationOf(recordOf(scope), place);
      const tags = ownerTags(scope.owner);
      if (verb === 'adopt' && actual.chosen) {
        const { arn, tags: before } = actual.chosen;
        // Remembered before it is touched.
        await keep({ ...madeFor(arn, { type, ...generation }), before: { tags: before } });
        await tagCertificate(acm, { arn, tags });
        const chosen = { ...actual.chosen, tags: { ...before, ...tags } };
        return { actual: { ...actual, chosen }, message: `Adopted the ${type} ${arn}` };
      }
      if (scope.site && place.imported(scope.site) !== undefined) {
        return importCertificate({ place, actual, verb, doing, generation });
      }
      const exportable = scope.site !== undefined && place.exportable(scope.site);
      const forViewers = place === VIEWERS;
      const arn = await askFor(acm, {
        ...certificateRequest(namesIn(doing), { ...generation, forViewers }),
        exportable,
        tags,
      });
      await keep(madeFor(arn, { type, ...generation }));
      return { actual: { ...actual, chosen: { arn, tags } }, message: `Requested the ${type} ${arn}` };
    },

    // The records come seconds after the request (failures A1); one that the document names has to be as good as it was declared.
    async after({ chosen: { status, ...chosen } = { arn: '', tags: {} } }, doing) {
      const { site, now } = doing.scope;
      const { problem } = site ? await readNamedCertificate(place, doing.clients, site, doing.environment, now) : {};
      if (problem) throw new Failure('Misconfigured', problem.detail);
      const outcome = status !== undefined && outcomeOf({ ...chosen, status, names: namesIn(doing) });
      if (outcome && outcome.state === 'failed') throw new Failure(outcome.name, outcome.message);
      if (!chosen.records) throw new Failure('NotReady', 'Waiting until ACM names a validation record for each name');
    },

    outcome(_, doing) {
      const { site } = doing.scope;
      const named = site && place.named(site);
      const secret = site && place.imported(site);
      const names = namesIn(doing).map((name) => `"${name}"`);
      if (named !== undefined) return { message: `The ${type} ${named} is issued for ${names.join(', ')}` };
      if (secret !== undefined) {
        return {
          message: `ACM${where} has the certificate of the secret "${secret}" for ${names.join(', ')}, and never renews it`,
        };
      }
      return { message: `ACM${where} has the request for ${names.join(', ')} and has named its validation records` };
    },
  };
}
