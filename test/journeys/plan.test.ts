import { afterEach, describe, expect, test } from '@jest/globals';
import type { PlanView } from '../../domain/plans/view.ts';
import { Nameplate, type Shown } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const DIRECT = 'direct.shop.example.test';
const declared = { aliases: [WWW], directName: DIRECT };

const post = (nameplate: Nameplate, path: string, body: object) =>
  fetch(`${nameplate.aws.apiUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function plan(nameplate: Nameplate, document: object): Promise<PlanView> {
  const response = await post(nameplate, '/v1/plans', document);
  if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as PlanView;
}

const apply = (nameplate: Nameplate, document: object, { id, checksum }: PlanView) =>
  post(nameplate, '/v1/sites', { ...document, plan: { id, checksum } });

const verbs = ({ changes }: PlanView) => [...new Set(changes.map(({ verb }) => verb))];
const created = ({ changes }: PlanView, type: string) =>
  changes.filter(({ verb, target }) => verb === 'create' && target.type === type).map(({ target }) => target.name);

describe('a plan', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('of an empty world lists what is made in order, and makes nothing but itself', async () => {
    nameplate = await Nameplate.boot();
    const mark = nameplate.aws.calls.mark();
    const made = await plan(nameplate, nameplate.document(SHOP, declared));
    expect(verbs(made)).toEqual(['create']);
    const types = made.changes.map(({ target }) => target.type);
    expect(types.filter((type, place) => types.indexOf(type) === place)).toEqual([
      'hosted zone',
      'certificate',
      'validation record',
      'security group',
      'security group rule',
      'load balancer',
      'target group',
      'target',
      'listener',
      'elastic address',
      'record',
    ]);
    expect(made.waits.map((wait) => wait.for)).toEqual(['delegation', 'certificate', 'load balancer', 'records']);
    expect(made.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(made.cost.monthly).toBeCloseTo(0.5 + 16.43 + 7.3 + 3.65, 2);
    const calls = nameplate.aws.calls.since(mark).filter(({ service }) => service !== 'lambda');
    expect(calls.filter(({ mutating }) => mutating).map(({ service, operation }) => `${service}:${operation}`)).toEqual(
      ['dynamodb:PutItem'],
    );
    expect(calls.filter(({ mutating }) => !mutating).length).toBeLessThanOrEqual(30);
  });

  test('is what applying it makes, and a plan of the live site keeps everything', async () => {
    nameplate = await Nameplate.boot();
    const document = nameplate.document(SHOP, declared);
    const planned = await plan(nameplate, document);
    const answer = await apply(nameplate, document, planned);
    expect(answer.status).toBe(202);
    const site = await nameplate.ended(SHOP);
    expect(site.state).toBe('live');
    expect(madeTypes(site)).toEqual(
      planned.changes
        .filter(({ verb, target }) => verb === 'create' && !['target'].includes(target.type))
        .map(({ target }) => target.type)
        .filter(
          (type) =>
            type in
            {
              'hosted zone': 1,
              certificate: 1,
              'security group': 1,
              'load balancer': 1,
              'target group': 1,
              listener: 1,
              'elastic address': 1,
            },
        )
        .sort(),
    );
    const records = (await nameplate.records(SHOP)).filter(({ Type }) => Type !== 'NS' && Type !== 'SOA');
    const standing = records.map(({ Name, Type }) => `${Name?.replace(/\.$/, '')} ${Type}`);
    expect(standing.filter((name) => !name.endsWith(' CNAME')).sort()).toEqual(created(planned, 'record').sort());
    const validation = standing
      .filter((name) => name.endsWith(' CNAME'))
      .map((name) => name.replace(/^_\w+\.(.*) CNAME$/, '$1'));
    expect(validation.sort()).toEqual(created(planned, 'validation record').sort());

    const mark = nameplate.aws.calls.mark();
    const again = await plan(nameplate, document);
    expect(verbs(again)).toEqual(['keep']);
    expect(again).toMatchObject({ waits: [], quotas: [], cost: { monthly: 0 } });
    const reads = nameplate.aws.calls.since(mark).filter(({ mutating, service }) => !mutating && service !== 'lambda');
    expect(reads.length).toBeLessThanOrEqual(30);
  });
});

/** What the steps say is ours, by its kind. */
function madeTypes({ steps }: Shown): string[] {
  const made = steps
    .flatMap((step) => step.made)
    .filter(({ type, ours }) => ours && type !== 'record' && type !== 'security group rule');
  return made.map(({ type }) => type).sort();
}
