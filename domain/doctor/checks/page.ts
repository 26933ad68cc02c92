import { VERSION_KEY } from '../../pages/page-version.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, together, well } from '../outcome.ts';
import { answered, type NoAnswer, type PageSeen, type Seen } from '../seen.ts';
import { unclaimedAt } from './claimable.ts';
import { notConnected } from './connection.ts';
import { judged } from './reach.ts';
import { type Speaker, speakerOf, wayOf } from './speaker.ts';

/** From here on it is a fault of who answers. */
const FIRST_SERVER_ERROR = 500;

/** Whether each address answers the front page, and whose page it is where it doesn't. */
export const page: Check = (seen) => {
  const { name, declared } = seen;
  if (declared?.scheme === 'http') return declared.port === 80 ? plainPages(seen) : notProbed(name, declared.port);
  return together(
    judged(seen).map(({ address, port, secure }) => {
      if (!answered(secure)) return outcome();
      const found =
        'stage' in secure.page ? noPage(secure.page, { at: address, port }) : ofPage(secure.page, { address, name });
      if (found) return outcome({ findings: [found] });
      const { status, headers } = secure.page as PageSeen;
      const { server } = headers;
      const [first] = secure.walk;
      const answer = `${status}${first ? ` to ${first.to}` : ''}${server === undefined ? '' : ` (${server})`}`;
      return outcome({ passed: [well(`https://${name}/ answers ${answer}`, address)] });
    }),
  );
};

/** A site that declares plain HTTP. */
function plainPages(seen: Seen): ReturnType<Check> {
  return together(
    judged(seen).map((endpoint) => {
      const { address, plain } = endpoint;
      if (!answered(plain)) {
        const { stage } = plain;
        const found =
          stage === 'connect' ? notConnected(endpoint, plain, 80) : noPage(plain, { at: address, scheme: 'http' });
        return outcome({ findings: [found] });
      }
      const found = ofPage(plain.page, { address, name: seen.name, scheme: 'http' });
      if (found) return outcome({ findings: [found] });
      return outcome({ passed: [well(`http://${seen.name}/ answers ${plain.page.status}`, address)] });
    }),
  );
}

const notProbed = (name: string, port: number): ReturnType<Check> =>
  outcome({ unseen: [{ what: `http://${name}:${port}/`, why: 'no port is connected to but 80 and 443' }] });

function noPage(
  { failure }: NoAnswer,
  { at, port = 443, scheme = 'https' }: { at: string; port?: number | undefined; scheme?: 'http' | 'https' },
): Finding {
  const secure = scheme === 'https';
  const evidence = [`${at} port ${secure ? `${port}, after the handshake` : 80}: ${failure}`];
  const works = secure ? 'TLS works' : 'Port 80 accepts connections';
  if (failure === 'ETIMEDOUT') {
    return finding('pageSilent', { message: `${works}, and no page follows in time`, evidence, at });
  }
  if (/CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE/.test(failure)) {
    const message = 'The server wants a certificate of the client, which browsers and CloudFront do not have';
    return finding('clientCertificateWanted', { message, evidence, at });
  }
  return finding('pageNotHttp', { message: `${works}, and what follows is no HTTP answer`, evidence, at });
}

function ofPage(
  seen: PageSeen,
  { address: at, name, scheme = 'https' }: { address: string; name: string; scheme?: 'http' | 'https' },
): Finding | undefined {
  const speaker = speakerOf(seen);
  const evidence = [`${at}: ${scheme}://${name}/ answers ${seen.status}${wayOf(seen)}; ${speaker.evidence}`];
  const gone = missing(seen, { name, evidence, at });
  if (gone) return gone;
  if (seen.status >= FIRST_SERVER_ERROR) return failing(seen, { speaker, evidence, at });
  if (speaker.role === 'cloudfront' && seen.status >= 400) {
    const message = `CloudFront refuses the request with ${seen.status} before it asks the origin`;
    return finding('distributionRefuses', { message, evidence, at });
  }
  if (speaker.role === 'loadBalancer' && seen.status === 404) {
    const message = `The load balancer itself answers 404: no rule of its listener forwards requests for "${name}"`;
    return finding('noRuleForName', { message, evidence, at });
  }
  if (speaker.role === 'loadBalancer' && seen.status === 403) {
    const message = 'The load balancer itself answers 403: by a fixed answer of its listener, or by its web ACL';
    return finding('loadBalancerRefuses', { message, evidence, at });
  }
  return undefined;
}

/** S1: what any AWS customer could claim. */
function missing(
  seen: PageSeen,
  { name, evidence, at }: { name: string; evidence: string[]; at: string },
): Finding | undefined {
  if (seen.status === 404 && /NoSuchBucket/.test(seen.body)) {
    const [, bucket = name] = /<BucketName>([^<]*)|BucketName: ([^<\s]*)/.exec(seen.body) ?? [];
    const message = `"${name}" leads to the S3 bucket "${bucket}", which does not exist: any AWS customer can create it and serve pages under your name`;
    return finding('bucketMissing', { message, evidence: [...evidence, 'the page says NoSuchBucket'], at });
  }
  const service = unclaimedAt(seen);
  if (service === undefined) return undefined;
  const message = `"${name}" leads to ${service}, which has no site of that name: any customer can claim it`;
  return finding('siteUnclaimed', { message, evidence, at });
}

interface Failing {
  speaker: Speaker;
  evidence: string[];
  at: string;
}

/** What each status means when CloudFront itself says it. Source: CloudFront Developer Guide, as above; checked 2026-11-29. */
const AT_CLOUDFRONT: Record<number, [because: string, fix: string]> = {
  502: [
    'it cannot connect to the origin, or refuses its certificate',
    "Check what CloudFront connects to: port 443 open, a certificate of a public authority that covers the name that is sent (the origin's, or the viewer's when Host is forwarded), the full chain in order, TLS 1.2. The own name of a load balancer (…elb.amazonaws.com) is never covered: give the origin a name of its own",
  ],
  503: [
    'a function at the edge fails, or the request limit is reached',
    'Look at the errors of the CloudFront Function or Lambda@Edge of the distribution, and at its request rate',
  ],
  504: [
    'the origin does not answer in time, or its firewall drops the packets',
    'Allow inbound 443 from CloudFront (the managed prefix list com.amazonaws.global.cloudfront.origin-facing) at the origin, and look at its response time',
  ],
};

/** Source: Elastic Load Balancing User Guide, as above; checked 2026-11-29. */
const AT_LOAD_BALANCER: Record<number, [because: string, fix: string]> = {
  500: ['it could not process the request', 'Look at its access log, WAF and authentication action'],
  502: [
    'the target closed the connection, or its answer is no valid HTTP',
    'Look whether the application runs and speaks the protocol of the target group on its port, and keeps connections open longer than the load balancer (60 s)',
  ],
  503: [
    'it has no target that it may ask, or its default action is a fixed answer',
    'Register targets, and enable their availability zone; look at elbv2 describe-target-health',
  ],
  504: [
    'the target did not answer in time, or its security group drops the packets',
    'Allow the load balancer in the security group of the target, and look at the response time of the application',
  ],
};

function failing(seen: PageSeen, { speaker, evidence, at }: Failing): Finding {
  const { status, headers } = seen;
  if (headers[`x-amz-meta-${VERSION_KEY}`] !== undefined)
    return finding('pageOfMaintenance', { message: 'The maintenance page of the site answers', evidence, at });
  if (speaker.role === 'cloudfront') {
    const [because, fix] = AT_CLOUDFRONT[status] ?? ['it gets no usable answer', undefined];
    return finding('pageFailsAtCloudFront', {
      message: `CloudFront itself answers ${status}: ${because}`,
      evidence,
      fix,
      at,
    });
  }
  if (speaker.role === 'loadBalancer') {
    const [because, fix] = AT_LOAD_BALANCER[status] ?? ['it gets no usable answer', undefined];
    return finding('pageFailsAtLoadBalancer', {
      message: `The load balancer itself answers ${status}: ${because}`,
      evidence,
      fix,
      at,
    });
  }
  if (speaker.role === 'proxy') {
    const message = `${speaker.name}, a proxy before the application, answers ${status}: it gets no usable answer behind it`;
    return finding('pageFailsAtProxy', { message, evidence, at });
  }
  return finding('pageFails', { message: `The application answers ${status}`, evidence, at });
}
