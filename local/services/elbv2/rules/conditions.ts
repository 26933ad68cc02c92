import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Header } from '../../../internet/http-headers.ts';
import { invalid, notHere } from '../errors.ts';

/** Holds when one of the patterns matches. */
export interface Condition {
  field: (typeof FIELDS)[number];
  /** The header that is compared, of "http-header". */
  header?: string;
  values: string[];
}

/** What conditions compare of a request. */
export interface Compared {
  host: string;
  path: string;
  /** As they came: one may be there more than once. */
  headers: readonly Header[];
}

// Source: ELB API reference, RuleCondition, HttpHeaderConditionConfig; Application Load Balancers User Guide, "Condition types for listener rules" and "Quotas"; checked 2026-11-29.
const FIELDS = ['path-pattern', 'host-header', 'http-header'] as const;
const ELSEWHERE = ['http-request-method', 'query-string', 'source-ip'];
const LONGEST_VALUE = 128;
export const VALUES_PER_RULE = 5;
const VALUES_PER_CONDITION = 3;
export const WILDCARDS_PER_RULE = 6;
const LONGEST_HEADER_NAME = 40;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUES: Record<Condition['field'], RegExp> = {
  'host-header': /^[a-zA-Z0-9\-.*?]+$/,
  'path-pattern': /^[\w\-.$/~"'@:+&*?]+$/,
  'http-header': /^[\x20-\x7e]+$/,
};

/** The conditions of a request. Throws `ValidationError` for what can't be one. */
export function readConditions(conditions: RuleCondition[] | undefined): Condition[] {
  if (!conditions?.length) throw invalid('A condition must be specified');
  const read = conditions.map(readCondition);
  for (const { field } of read) {
    if (field !== 'http-header' && read.filter((other) => other.field === field).length > 1) {
      throw invalid(`Rules cannot have multiple conditions of the field '${field}'`);
    }
  }
  const values = read.flatMap((condition) => condition.values);
  if (values.length > VALUES_PER_RULE) {
    throw invalid(`Rules cannot have more than ${VALUES_PER_RULE} condition values`);
  }
  if (values.join('').replace(/[^*?]/g, '').length > WILDCARDS_PER_RULE) {
    throw invalid(`Rules cannot have more than ${WILDCARDS_PER_RULE} wildcards in their condition values`);
  }
  return read;
}

/** Whether a request is one that the conditions mean. */
export const holds = (conditions: Condition[], request: Compared): boolean =>
  conditions.every((condition) => condition.values.some((value) => matches(condition, value, request)));

/** As DescribeRules shows it. */
export function shownCondition({ field, header, values }: Condition): RuleCondition {
  if (field === 'http-header') return { Field: field, HttpHeaderConfig: { HttpHeaderName: header, Values: values } };
  return {
    Field: field,
    Values: values,
    ...(field === 'host-header' ? { HostHeaderConfig: { Values: values } } : { PathPatternConfig: { Values: values } }),
  };
}

/** Only paths are compared letter by letter. */
function matches({ field, header = '' }: Condition, value: string, { host, path, headers }: Compared): boolean {
  if (field === 'path-pattern') return patternOf(value, '').test(path);
  if (field === 'host-header') return patternOf(value, 'i').test(host);
  return headers.some(
    ([name, text]) => name.toLowerCase() === header.toLowerCase() && patternOf(value, 'is').test(text),
  );
}

function readCondition(condition: RuleCondition): Condition {
  const field = fieldOf(condition);
  const { Values, HttpHeaderConfig, RegexValues } = condition;
  const config = configOf(field, condition);
  if (RegexValues?.length || config?.RegexValues?.length) throw notHere('A condition of regular expressions');
  if (Values?.length && config?.Values?.length) {
    throw invalid(`You cannot specify both 'Values' and a configuration for the condition field '${field}'`);
  }
  if (Values?.length && field === 'http-header') {
    throw invalid(`You must use 'HttpHeaderConfig' for the condition field '${field}'`);
  }
  const values = Values?.length ? Values : (config?.Values ?? []);
  if (values.length === 0) throw invalid('A condition value must be specified');
  if (field === 'http-header' && values.length > VALUES_PER_CONDITION) {
    throw invalid(`A condition of the field '${field}' cannot have more than ${VALUES_PER_CONDITION} values`);
  }
  for (const value of values) checkValue(field, value);
  return field === 'http-header'
    ? { field, header: headerName(HttpHeaderConfig?.HttpHeaderName), values }
    : { field, values };
}

function fieldOf({ Field = '' }: RuleCondition): Condition['field'] {
  if (ELSEWHERE.includes(Field)) throw notHere(`The condition field '${Field}'`);
  const field = FIELDS.find((each) => each === Field);
  if (field) return field;
  throw invalid(`Condition field '${Field}' must be one of '[${[...FIELDS, ...ELSEWHERE].join(', ')}]'`);
}

function configOf(field: Condition['field'], condition: RuleCondition) {
  if (field === 'http-header') return condition.HttpHeaderConfig;
  return field === 'host-header' ? condition.HostHeaderConfig : condition.PathPatternConfig;
}

/** Source: ELB API reference, HostHeaderConditionConfig: one dot at least, and letters only after the last; checked 2026-11-30. */
const HOST = /\.[a-zA-Z*?]+$/;

function checkValue(field: Condition['field'], value: string): void {
  if (value.length > LONGEST_VALUE) {
    throw invalid(`The condition value '${value}' cannot be longer than '${LONGEST_VALUE}' characters`);
  }
  if (!VALUES[field].test(value)) {
    throw invalid(`The condition value '${value}' contains a character that is not valid`);
  }
  if (field === 'host-header' && !HOST.test(value)) {
    throw invalid(`The condition value '${value}' must have a '.' and letters only after the last one`);
  }
}

/** Names bear no wildcards; the Host has a condition of its own. */
function headerName(name = ''): string {
  if (name.length > LONGEST_HEADER_NAME || !HEADER_NAME.test(name)) {
    throw invalid(`The header name '${name}' must be of 1 to ${LONGEST_HEADER_NAME} characters of RFC 7230`);
  }
  if (name.toLowerCase() === 'host') throw invalid(`The header name '${name}' is not valid: use 'host-header'`);
  return name;
}

function patternOf(value: string, flags: string): RegExp {
  const source = value.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : `\\${character}`;
  });
  return new RegExp(`^${source}$`, flags);
}
