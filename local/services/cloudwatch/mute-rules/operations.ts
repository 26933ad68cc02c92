import type {
  DeleteAlarmMuteRuleInput,
  GetAlarmMuteRuleInput,
  GetAlarmMuteRuleOutput,
  ListAlarmMuteRulesInput,
  ListAlarmMuteRulesOutput,
  PutAlarmMuteRuleInput,
} from '@aws-sdk/client-cloudwatch';
import { isZone } from '../../../clock/zoned.ts';
import type { Host } from '../../../host.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { MuteRule, MuteRules } from './mute-rules.ts';
import { durationMs, onceAt, recurring } from './windows.ts';

// Source: CloudWatch API Reference, "PutAlarmMuteRule", "ListAlarmMuteRules"; checked 2026-11-30.
const MAX_NAME = 255;
const MAX_TARGETS = 100;
const MAX_RECORDS = 100;
const DEFAULT_RECORDS = 50;

const invalid = (message: string): AwsError => new AwsError('ValidationError', message, { status: 400 });

const notFound = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Alarm mute rule ${name} does not exist.`, { status: 404 });

/** Makes a rule, or puts another in its place; it needs a permission on itself and on every alarm that it mutes. */
export const putAlarmMuteRule = (
  host: Host,
  { rules, alarms }: { rules: MuteRules; alarms: Alarms },
): Operation<PutAlarmMuteRuleInput, object> => ({
  resources: ({ Name = '', MuteTargets }, { region }) => [
    rules.arn(Name, region),
    ...(MuteTargets?.AlarmNames ?? []).map((name) => alarms.arn(name, region)),
  ],
  run(input, { region }) {
    const { Name = '', Rule, MuteTargets, Tags = [], StartDate, ExpireDate } = input;
    if (!/^.{1,255}$/s.test(Name)) throw invalid(`Name must have a length of 1 to ${MAX_NAME}.`);
    const { Expression = '', Duration = '', Timezone = 'UTC' } = Rule?.Schedule ?? {};
    const targets = MuteTargets?.AlarmNames ?? [];
    if (targets.length > MAX_TARGETS) throw invalid(`AlarmNames must not have more than ${MAX_TARGETS} items.`);
    const missing = targets.find((name) => !alarms.find(name, region));
    if (missing !== undefined) throw invalid(`Alarm ${missing} does not exist.`);
    if (!isZone(Timezone)) throw invalid(`Invalid time zone: ${Timezone}`);
    const duration = durationMs(Duration);
    if (duration === undefined) throw invalid(`Invalid duration: ${Duration}`);
    if (StartDate && ExpireDate && StartDate >= ExpireDate) throw invalid('StartDate must be before ExpireDate.');
    const oneTime = Expression.startsWith('at(');
    const windows = (oneTime ? onceAt : recurring)(Expression, Timezone, duration);
    if (!windows) throw invalid(`Invalid schedule expression: ${Expression}`);
    const old = rules.find(Name, region);
    rules.put({
      arn: rules.arn(Name, region),
      region,
      given: { ...input, Name },
      windows,
      oneTime,
      updatedAt: host.clock.now(),
      tags: old?.tags ?? new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    });
    return {};
  },
});

export const getAlarmMuteRule = (rules: MuteRules): Operation<GetAlarmMuteRuleInput, GetAlarmMuteRuleOutput> => ({
  resources: ({ AlarmMuteRuleName: name = '' }, { region }) => [rules.arn(name, region)],
  run({ AlarmMuteRuleName: name = '' }, { region }) {
    const rule = rules.find(name, region);
    if (!rule) throw notFound(name);
    const { Description, Rule, MuteTargets, StartDate } = rule.given;
    return { Name: name, Description, Rule, MuteTargets, StartDate, ...summary(rules, rule) };
  },
});

/** Deletes a rule; one that is not there is deleted already. */
export const deleteAlarmMuteRule = (rules: MuteRules): Operation<DeleteAlarmMuteRuleInput, object> => ({
  resources: ({ AlarmMuteRuleName: name = '' }, { region }) => [rules.arn(name, region)],
  run({ AlarmMuteRuleName: name = '' }, { region }) {
    const rule = rules.find(name, region);
    if (rule) rules.delete(rule);
    return {};
  },
});

export const listAlarmMuteRules = (rules: MuteRules): Operation<ListAlarmMuteRulesInput, ListAlarmMuteRulesOutput> => ({
  resources: (_, { region }) => [rules.arn('*', region)],
  run({ AlarmName, Statuses, MaxRecords = DEFAULT_RECORDS, NextToken }, { region }) {
    if (MaxRecords < 1 || MaxRecords > MAX_RECORDS) throw invalid(`MaxRecords must be between 1 and ${MAX_RECORDS}.`);
    const found = rules
      .in(region)
      .filter(
        (rule) =>
          (AlarmName === undefined || rule.given.MuteTargets?.AlarmNames?.includes(AlarmName)) &&
          (!Statuses?.length || Statuses.includes(rules.status(rule))),
      );
    const start = Number(NextToken ?? 0);
    const end = start + MaxRecords;
    return {
      AlarmMuteRuleSummaries: found.slice(start, end).map((rule) => summary(rules, rule)),
      ...(end < found.length && { NextToken: String(end) }),
    };
  },
});

const summary = (rules: MuteRules, rule: MuteRule) => ({
  AlarmMuteRuleArn: rule.arn,
  ExpireDate: rule.given.ExpireDate,
  Status: rules.status(rule),
  MuteType: rule.oneTime ? 'ONE_TIME' : 'RECURRING',
  LastUpdatedTimestamp: rule.updatedAt,
});
