import { alarmResource } from '../../resources/alarm/alarm.ts';
import { prepareAlarm } from '../../resources/alarm/prepare.ts';
import { releaseAlarm } from '../../resources/alarm/release.ts';
import { adding, byPhase, releasing } from '../shared/steps/resource-step.ts';

/** The alarm on the health check of a site. It is deleted after the check. */
export const handler = byPhase({
  prepare: adding('CreateAlarm', { resource: alarmResource, applying: prepareAlarm }),
  release: releasing('RemoveAlarms', { resource: alarmResource, applying: releaseAlarm, after: 'CreateAlarm' }),
});
