import type { SiteCheck } from '../sites/site-checks.ts';
import { newInstanceOf } from './new-instance.ts';

/** User data installs what it installs. */
const serverBesideUserData: SiteCheck = ({ origin }) => {
  const { userData, server } = (origin && newInstanceOf({ origin })) ?? {};
  if (userData === undefined || server === undefined) return [];
  const detail =
    'Cannot install a web server besides the user data, which says what is installed; leave one of them out';
  return [{ pointer: '#/origin/newInstance/server', detail }];
};

/** The web server answers "/" on port 80, and nothing else, until a person changes it. */
const welcomePageElsewhere: SiteCheck = ({ origin }) => {
  const { userData, port, healthPath } = (origin && newInstanceOf({ origin })) ?? {};
  if (port === undefined || userData !== undefined) return [];
  const where = port === 80 ? (healthPath === '/' ? undefined : 'healthPath') : 'port';
  if (where === undefined) return [];
  const detail =
    'Cannot expect the welcome page there: it is served on port 80, at "/"; leave this out, or give the user data of a web server that answers so';
  return [{ pointer: `#/origin/newInstance/${where}`, detail }];
};

export const NEW_INSTANCE_CHECKS: readonly SiteCheck[] = [serverBesideUserData, welcomePageElsewhere];
