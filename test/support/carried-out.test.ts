import { expect, test } from '@jest/globals';
import type { ResourceType } from '../../domain/resources/resource-type.ts';
import { checkCarriedOut } from './carried-out.ts';
import type { Thing } from './inventory.ts';

const record = (Name: string, Type: string, Value: string): Thing => ({
  type: 'record',
  id: `Z1 ${Name}. ${Type}`,
  tags: {},
  state: { Name: `${Name}.`, Type, ResourceRecords: [{ Value }] },
});
const change = (verb: 'create' | 'update' | 'delete' | 'keep', name: string, type: ResourceType = 'record') => ({
  verb,
  phase: 'prepare' as const,
  resource: { type, name },
  message: '',
});

const validation = `_${'0'.repeat(32)}.shop.test`;
const changes = [
  change('create', 'shop.test', 'validation record'),
  change('create', 'shop.test A'),
  change('update', 'shop.test A'),
  change('keep', 'www.shop.test A'),
];
const before = [record('www.shop.test', 'A', '192.0.2.1')];
const after = [...before, record('shop.test', 'A', '192.0.2.2'), record(validation, 'CNAME', 'acm')];

test('a plan that was carried out passes, a thing made and then changed being one that was made', () => {
  expect(() => checkCarriedOut({ plan: { changes }, before }, after)).not.toThrow();
});

test('what was planned and not done is named', () => {
  expect(() => checkCarriedOut({ plan: { changes }, before }, after.slice(0, 2))).toThrow(
    'planned and not done: create validation record shop.test',
  );
});

test('what was done and not planned is named, foreign things included', () => {
  const foreign = [record('www.shop.test', 'A', '192.0.2.9'), ...after.slice(1)];
  expect(() => checkCarriedOut({ plan: { changes }, before }, foreign)).toThrow(
    'done and not planned: update record www.shop.test A',
  );
});

test('a target goes with its group, which is all that a plan says of it', () => {
  const group: Thing = { type: 'target group', id: 'arn:a/np-1/x', tags: {}, state: { TargetGroupName: 'np-1' } };
  const target: Thing = { type: 'target', id: 'arn:a/np-1/x i-1 80', tags: {}, state: { Id: 'i-1', Port: 80 } };
  const released = { changes: [change('delete', 'np-1', 'target group')] };
  expect(() => checkCarriedOut({ plan: released, before: [group, target] }, [])).not.toThrow();
  expect(() => checkCarriedOut({ plan: { changes: [] }, before: [group, target] }, [group])).toThrow(
    'done and not planned: delete target np-1 i-1:80',
  );
});
