import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from './paths.ts';

/**
 * Lets esbuild drop what a function doesn't use of an SDK client, two thirds of it: operations and their shapes, errors
 * that our code does not import, members of the largest shapes that it has no word for, signatures that count in several regions,
 * and all of the package's description but the version that requests carry. An error that was dropped is thrown all the same, as the service's base exception with its own name and message.
 */
export const leanClients: Plugin = {
  name: 'lean-clients',
  setup({ onLoad }) {
    const words = ourWords();
    // DynamoDB's clients keep endpoints that they discover when asked to; ours are not asked.
    onLoad({ filter: /@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/ }, () => ({
      loader: 'js',
      contents: 'export class EndpointCache {}',
    }));
    onLoad({ filter: /client-[^/]+\/package\.json$/ }, ({ path }) => ({
      loader: 'json',
      contents: JSON.stringify({ version: (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version }),
    }));
    onLoad({ filter: /signature-v4-multi-region\/dist-es\/index\.js$/ }, () => ({
      loader: 'js',
      contents: ONE_REGION,
    }));
    onLoad({ filter: /client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => ({
      loader: 'js',
      contents: lean(path, words),
    }));
  },
};

function lean(path: string, words: Words): string {
  const source = onlyErrors(literalKeys(readFileSync(path, 'utf8')), words.imported);
  if (TALKATIVE.test(path)) return onlyMembers(source, words.all, (shape) => !SENT_BACK.test(shape));
  return /\/client-cloudfront\//.test(path) ? onlyMembers(source, words.all, (shape) => TOLD.test(shape)) : source;
}

/**
 * The clients of STS and S3 can sign for several regions at once, and S3's with the sessions of directory buckets; ours sign for one
 * region, and ask no such bucket. Without the rest they sign as the others do.
 */
const ONE_REGION = `
import { SignatureV4 } from '@smithy/signature-v4';
export class SignatureV4SignWithCredentials extends SignatureV4 {}
export class SignatureV4MultiRegion extends SignatureV4 {
  static sigv4aDependency() { return 'none'; }
}`;

/**
 * The schemas name some members by constants (`[_eQN]: "Reservations"`). esbuild must take a computed key for something
 * with side effects, so it keeps them all, 550 kB in EC2's case; with the constants written in they shake off.
 */
function literalKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source.replace(/\[(_\w+)\]:/g, (key, name: string) => (constants.has(name) ? `${constants.get(name)}:` : key));
}

/**
 * A registered error is kept with its class and its schema: only those stay registered whose class our code asks for. One that is
 * compared by its name has that without them.
 */
function onlyErrors(source: string, imported: Set<string>): string {
  return source.replace(/^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm, (line, name: string) =>
    imported.has(name) ? line : '',
  );
}

/** The services that tell far more than is read. */
const TALKATIVE = /\/client-(acm|dynamodb|ec2|elastic-load-balancing-v2|iam|lambda|route-53|secrets-manager|sts)\//;

/** What is sent back whole as it was told: rules of security groups when they are revoked, what listeners do, and records. */
const SENT_BACK =
  /^(IpPermission|UserIdGroupPair|IpRange|Ipv6Range|PrefixListId|Action|\w+ActionConfig|TargetGroup(Tuple|StickinessConfig)|RuleCondition|\w+ConditionConfig|QueryStringKeyValuePair|ResourceRecord(Set)?|AliasTarget|GeoLocation|GeoProximityLocation|Coordinates|CidrRoutingConfig|AttributeValue)\$/;

/** What CloudFront tells of a distribution besides its configuration, which is sent back whole. */
const TOLD = /^(Distribution|DistributionSummary)\$/;

/**
 * EC2 describes an instance by 55 members and what hangs on them, 30 kB of shapes, and others are alike; those that our code has no word for
 * are neither read nor sent. A member that the SDK fills in by itself (an idempotency token, trait 4) or pages by stays.
 */
function onlyMembers(source: string, words: Set<string>, isLeaner: (shape: string) => boolean): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = "([^"\n]*)";$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source.replace(
    /^export var (\w+\$) = \[3, n0, (\w+),\s+0,\s+\[([^\]]*)\],\s+\[([^;]*)\](?:, (\d+))?\s+\];$/gm,
    (shape, name: string, word: string, members: string, types: string, required = '0') => {
      if (!isLeaner(name)) return shape;
      const typeOf = splitAtCommas(types);
      const names = members.split(',').map((member) => member.trim());
      const isKept = names.map((member, place) => {
        const text = constants.get(member) ?? member.replaceAll('"', '');
        return words.has(text) || PAGING.includes(text) || typeOf[place] === '[0, 4]';
      });
      const kept = <Item>(list: Item[]): Item[] => list.filter((_, place) => isKept[place]);
      const needed = kept(names.slice(0, Number(required))).length;
      return `export var ${name} = [3, n0, ${word}, 0, [${kept(names)}], [${kept(typeOf)}], ${needed}];`;
    },
  );
}

/** What the SDK itself pages by. */
const PAGING = ['NextToken', 'Marker', 'NextMarker'];

/** "[0, 1], () => Tag$" -> ["[0, 1]", "() => Tag$"] */
function splitAtCommas(text: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const letter of text) {
    if ('[{('.includes(letter)) depth++;
    if (')}]'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

interface Words {
  /** Every word of the functions, of the resources that they make, of what these are decided by and of what they ask AWS with, comments aside. */
  all: Set<string>;
  /** Those of them that are imported from the SDK. */
  imported: Set<string>;
}

function ourWords(): Words {
  const files = globSync('{aws,domain,resources,functions}/**/*.ts', { cwd: root });
  const sources = files.map((file) => readFileSync(join(root, file), 'utf8').replace(COMMENT, ''));
  const imports = sources.flatMap((source) => [...source.matchAll(IMPORT)].map(([, names = '']) => names));
  return { all: wordsOf(sources), imported: wordsOf(imports) };
}

const wordsOf = (texts: string[]): Set<string> => new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));

/** A comment that begins its line. */
const COMMENT = /^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)$/gm;

const IMPORT = /^import (?:type )?\{([^}]*)\} from '@aws-sdk\/[^']+';$/gm;
