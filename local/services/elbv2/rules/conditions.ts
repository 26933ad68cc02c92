import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid, notHere } from '../errors.ts';

/** Holds when one of the patterns matches. */
export interface Condition {
  field: 'host-header' | 'path-pattern';
  values: string[];
}

// Source: ELB API reference, RuleCondition; Application Load Balancers User Guide, "Quotas"; checked 2026-11-22.
const ELSEWHERE = ['http-header', 'http-request-method', 'query-string', 'source-ip'];
const LONGEST_VALUE = 128;
export const VALUES_PER_RULE = 5;
const HOST = /^[a-zA-Z0-9\-.*?]+$/;
const PATH = /^[\w\-.$/~"'@:+&*?]+$/;

/** The conditions of a request. Throws `ValidationError` for what can't be one. */
export function readConditions(conditions: RuleCondition[] | undefined): Condition[] {
  if (!conditions?.length) throw invalid('A condition must be specified');
  const read = conditions.map(readCondition);
  for (const { field } of read) {
    if (read.filter((other) => other.field === field).length > 1) {
      throw invalid(`Rules cannot have multiple conditions of the field '${field}'`);
    }
  }
  if (read.flatMap(({ values }) => values).length > VALUES_PER_RULE) {
    throw invalid(`Rules cannot have more than ${VALUES_PER_RULE} condition values`);
  }
  return read;
}

/** Whether a request is one that the conditions mean. */
export const holds = (conditions: Condition[], { host, path }: { host: string; path: string }): boolean =>
  conditions.every(({ field, values }) =>
    values.some((value) =>
      field === 'host-header' ? patternOf(value, 'i').test(host) : patternOf(value, '').test(path),
    ),
  );

function readCondition(condition: RuleCondition): Condition {
  const { Field: field = '', Values, HostHeaderConfig, PathPatternConfig, RegexValues } = condition;
  if (ELSEWHERE.includes(field)) throw notHere(`The condition field '${field}'`);
  if (field !== 'host-header' && field !== 'path-pattern') {
    throw invalid(`Condition field '${field}' must be one of '[path-pattern, host-header, ${ELSEWHERE.join(', ')}]'`);
  }
  const config = field === 'host-header' ? HostHeaderConfig : PathPatternConfig;
  if (RegexValues?.length || config?.RegexValues?.length) throw notHere('A condition of regular expressions');
  if (Values?.length && config?.Values?.length) {
    throw invalid(`You cannot specify both 'Values' and a configuration for the condition field '${field}'`);
  }
  const values = Values?.length ? Values : (config?.Values ?? []);
  if (values.length === 0) throw invalid('A condition value must be specified');
  for (const value of values) {
    if (value.length > LONGEST_VALUE) {
      throw invalid(`The condition value '${value}' cannot be longer than '${LONGEST_VALUE}' characters`);
    }
    if (!(field === 'host-header' ? HOST : PATH).test(value)) {
      throw invalid(`The condition value '${value}' contains a character that is not valid`);
    }
  }
  return { field, values };
}

function patternOf(value: string, flags: string): RegExp {
  const source = value.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : `\\${character}`;
  });
  return new RegExp(`^${source}$`, flags);
}
