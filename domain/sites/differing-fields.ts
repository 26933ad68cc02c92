import { isDeepStrictEqual } from 'node:util';
import { withChosenInstance } from '../origins/new-instance.ts';
import type { Site } from './site.ts';

export interface DifferingField {
  /** "origin", "instance", "port" */
  path: string[];
  /** Undefined where a document leaves the field out. */
  before: unknown;
  after: unknown;
}

/**
 * The fields in which a declaration differs from an earlier one, each at its greatest depth. The order of aliases, blocks and
 * subnets is irrelevant; subnets and the origin's certificate may have been chosen where they are left out.
 */
export function differingFields(site: Site, earlier: Site): DifferingField[] {
  const subnets = site.subnets ?? earlier.subnets;
  const originCertificate = site.cdn?.originCertificate ?? earlier.cdn?.originCertificate;
  const chosen = {
    ...(subnets && { subnets }),
    ...(site.cdn && originCertificate && { cdn: { ...site.cdn, originCertificate } }),
  };
  const declared = withChosenInstance({ ...site, ...chosen }, earlier);
  return differing(declared, earlier, []);
}

function differing(after: unknown, before: unknown, path: string[]): DifferingField[] {
  if (isObject(after) && isObject(before)) {
    return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((key) =>
      differing(after[key], before[key], [...path, key]),
    );
  }
  return isDeepStrictEqual(inOneOrder(after), inOneOrder(before)) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOneOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted() : value;
}
