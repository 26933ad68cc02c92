import type { SiteCheck } from '../sites/site-checks.ts';
import { newInstanceOf } from './new-instance.ts';

/** Apache answers "/" on port 80, and nothing else, until a person changes it. */
export const welcomePageElsewhere: SiteCheck = ({ origin }) => {
  const { userData, port, healthPath } = (origin && newInstanceOf({ origin })) ?? {};
  if (port === undefined || userData !== undefined) return [];
  const where = port === 80 ? (healthPath === '/' ? undefined : 'healthPath') : 'port';
  if (where === undefined) return [];
  const detail =
    'Cannot expect the welcome page there: it is served on port 80, at "/"; leave this out, or give the user data of a web server that answers so';
  return [{ pointer: `#/origin/newInstance/${where}`, detail }];
};
