import { isActive } from '../../domain/changes/change.ts';
import { pageKey } from '../../domain/pages/page-path.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import type { Thing } from './inventory.ts';

/**
 * Compares a plan with what is different in the account once it was carried out.
 *
 * @throws {Error} naming what was planned and not done, and what was done and not planned
 */
export function checkCarriedOut(
  { plan, before }: { plan: Pick<PlanView, 'changes'>; before: readonly Thing[] },
  after: readonly Thing[],
): void {
  const [planned, done] = [plannedChanges(plan.changes), carriedOut(before, after)];
  const wrong = [
    ...planned.filter((line) => !done.includes(line)).map((line) => `planned and not done: ${line}`),
    ...done.filter((line) => !planned.includes(line)).map((line) => `done and not planned: ${line}`),
  ];
  if (wrong.length > 0) throw new Error(`The plan is not what was carried out:\n${wrong.join('\n')}`);
}

/** The active changes of a plan, several of one thing folded into what they come to. */
function plannedChanges(changes: PlanView['changes']): string[] {
  const verbs = new Map<string, { words: string; verb: string | undefined }>();
  for (const change of changes.filter(isActive)) {
    const resource = shownBy(change);
    const name = `${resource.type} ${resource.name}`;
    const words = inGeneral(name);
    // One certificate, health check or alarm may come and another of the same name go; a record is one thing by its name.
    const key =
      /certificate$|^(?:health check|alarm)$/.test(resource.type) && resource.type !== 'listener certificate'
        ? `${words} ${resource.id ?? ''}`
        : words;
    verbs.set(key, { words, verb: fold(verbs.get(key)?.verb, inventoryVerb(change)) });
  }
  return [...verbs.values()].flatMap(({ words, verb }) => (verb ? [`${verb} ${words}`] : [])).sort();
}

/** An alias is shown by the distribution that it is moved from, or back to. */
function shownBy({ resource, verb, before, after }: PlanView['changes'][number]): typeof resource {
  if (resource.type === 'page') return { ...resource, name: pageKey(resource.name) };
  if (resource.type !== 'alias') return resource;
  return { type: 'distribution', name: String((verb === 'adopt' ? before : after)?.['distributionId']) };
}

/** What an inventory shows of it: of what is adopted or restored, too, that it came, changed or went. */
function inventoryVerb({ verb, resource, before, after }: PlanView['changes'][number]): string {
  if (verb !== 'adopt' && verb !== 'restore') return verb;
  if (resource.type === 'alias') return 'update';
  if (!after) return 'delete';
  return before ? 'update' : 'create';
}

function fold(before: string | undefined, verb: string): string | undefined {
  if (before === 'create') return verb === 'delete' ? undefined : 'create';
  return before === 'delete' && verb === 'create' ? 'update' : verb;
}

/** What is different in the account between two looks at it. */
function carriedOut(before: readonly Thing[], after: readonly Thing[]): string[] {
  const [then, now] = [described(before), described(after)];
  const lines = [
    ...[...now].flatMap(([id, { words, state }]) => {
      const earlier = then.get(id);
      if (!earlier) return [`create ${words === '' ? id : words}`];
      return earlier.state === state ? [] : [`update ${words}`];
    }),
    ...[...then].flatMap(([id, { words, holder }]) =>
      now.has(id) || (holder !== undefined && !now.has(holder)) ? [] : [`delete ${words}`],
    ),
  ];
  return asPlanned(lines, { before, after })
    .map((line) => line.replace(/^create elastic address .*/, 'create elastic address (new address)'))
    .map((line) =>
      line.replace(/^(create listener certificate .*) (arn:.*)/, (known, what, arn) =>
        then.has(`certificate ${arn}`) ? known : `${what} (new certificate)`,
      ),
    )
    .sort();
}

/** AWS names an instance and its group once they are there: a plan has words for what is created in them. */
function asPlanned(
  lines: readonly string[],
  { before, after }: Record<'before' | 'after', readonly Thing[]>,
): string[] {
  const created = after.filter(({ id }) => before.every((each) => each.id !== id));
  const idOf = (type: string) => created.find((each) => each.type === type)?.id;
  const words = [
    [idOf('instance'), '(new instance)'],
    [idOf('instance security group'), '(new security group of the instance)'],
  ] as const;
  return lines.map((line) => {
    if (!line.startsWith('create ')) return line;
    return words.reduce((text, [id, said]) => (id === undefined ? text : text.replace(id, said)), line);
  });
}

interface Described {
  /** As plans call it. */
  words: string;
  /** What stays the same while nobody changes it. */
  state: string;
  /** What it is in, when it goes with that: a target with its group, a rule with its security group. */
  holder?: string;
}

function described(things: readonly Thing[]): Map<string, Described> {
  const names = new Map(
    things.map(({ type, id, state }) => [
      id,
      /security group$/.test(type) ? (state as { GroupName: string }).GroupName : id,
    ]),
  );
  return new Map(
    things
      .filter((thing) => !isOfZoneItself(thing, things))
      .map((thing) => [
        `${thing.type} ${thing.id}`,
        {
          words: inGeneral(`${thing.type} ${nameOf(thing, names)}`),
          state: JSON.stringify([thing.tags, lasting(thing)]),
          ...holderOf(thing, things),
        },
      ]),
  );
}

/** The NS and SOA records that come with a zone; NS records of another name delegate it. */
function isOfZoneItself({ type, id, state }: Thing, things: readonly Thing[]): boolean {
  const { Name, Type } = state as { Name: string; Type: string };
  const [zone] = id.split(' ');
  return (
    type === 'record' &&
    /^(?:NS|SOA)$/.test(Type) &&
    things.some((each) => each.id === zone && (each.state as { Name: string }).Name === Name)
  );
}

function nameOf({ type, id, state, tags }: Thing, groups: ReadonlyMap<string, string>): string {
  const of = state as Record<string, unknown>;
  switch (type) {
    case 'hosted zone':
      return withoutDot(of['Name']);
    case 'record':
      return `${withoutDot(of['Name'])} ${of['Type']}${of['SetIdentifier'] === undefined ? '' : ` "${of['SetIdentifier']}"`}`;
    case 'certificate':
      return String(of['DomainName']);
    case 'load balancer':
      return String(of['LoadBalancerName']);
    case 'listener':
      return `${id.split('/')[2]} ${of['Protocol']} ${of['Port']}`;
    case 'listener certificate':
      return `${id.split('/')[2]} HTTPS 443 ${of['CertificateArn']}`;
    case 'target group':
      return String(of['TargetGroupName']);
    case 'target':
      return `${id.split('/')[1]} ${of['Id']}:${of['Port']}`;
    case 'listener rule':
    case 'host rule':
      return `${id.split('/')[2]} HTTPS 443 ${of['looksFor']}`;
    case 'distribution':
    case 'bypass':
    case 'health check':
    case 'alarm':
      return tags['nameplate:site'] ?? id;
    case 'ACME endpoint':
      return tags['nameplate:stack'] ?? id;
    case 'domain validation':
      return String(of['DomainName']);
    case 'ACME role':
      return String(of['RoleName']);
    case 'security group':
    case 'instance security group':
      return String(of['GroupName']);
    case 'security group rule':
      return ruleName(id.split(' ')[0] ?? '', { rule: of as unknown as Rule, groups });
    default:
      return String(of['PublicIp'] ?? id);
  }
}

/** What is deleted with what it is in. */
const HOLDERS = new Map([
  ['target', 'target group'],
  ['security group rule', 'security group'],
  ['listener certificate', 'listener'],
  ['listener rule', 'listener'],
  ['host rule', 'listener'],
]);

function holderOf({ type, id }: Thing, things: readonly Thing[]): Pick<Described, 'holder'> {
  const holder = HOLDERS.get(type);
  if (holder === undefined) return {};
  const [held] = id.split(' ');
  // A rule is in a group of either kind.
  const { type: of = holder } = things.find((each) => each.id === held) ?? {};
  return { holder: `${of} ${held}` };
}

interface Rule {
  FromPort: number;
  from: { CidrIp?: string; CidrIpv6?: string; PrefixListId?: string; GroupId?: string };
}

/** The only prefix list that rules of ours name: its id is another one in each region. */
const listName = (id: string | undefined): string | undefined =>
  id?.startsWith('pl-') ? 'com.amazonaws.global.cloudfront.origin-facing' : id;

/** A rule of ours for everybody, and one in somebody's group that lets ours in. */
function ruleName(groupId: string, { rule, groups }: { rule: Rule; groups: ReadonlyMap<string, string> }): string {
  const { CidrIp, CidrIpv6, PrefixListId, GroupId } = rule.from;
  if (GroupId === undefined)
    return `${groups.get(groupId)} tcp ${rule.FromPort} from ${CidrIp ?? CidrIpv6 ?? listName(PrefixListId)}`;
  return `${groupId} tcp ${rule.FromPort} from ${groups.get(GroupId)}`;
}

/** Without what passes by itself: that a load balancer starts, that a certificate is issued and in use. */
function lasting({ type, state }: Thing): unknown {
  const of = state as Record<string, unknown>;
  if (['record', 'delegation', 'listener', 'listener rule', 'host rule', 'distribution', 'ACME role'].includes(type))
    return state;
  if (type === 'target group') return of['HealthCheckPath'];
  if (type === 'certificate') return of['ImportedAt'];
  if (type === 'elastic address') return of['InstanceId'];
  if (type === 'page' || type === 'bypass') return state;
  if (type === 'health check') return of['HealthCheckConfig'];
  return undefined;
}

/** ACM's names of validation records aren't known beforehand, and an inventory does not tell what a certificate is for. */
function inGeneral(words: string): string {
  return words
    .replace(/^record _[0-9a-f]{32}\.(.*) CNAME$/, 'validation record $1')
    .replace(/^record (.*) NS$/, 'delegation $1')
    .replace(/^viewer certificate /, 'certificate ');
}

function withoutDot(name: unknown): string {
  return String(name).replace(/\.$/, '').replace('\\052', '*');
}
