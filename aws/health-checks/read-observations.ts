import { GetHealthCheckStatusCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';

/** What one checker has found last. */
export interface CheckerObservation {
  region: string;
  /** "Success: HTTP Status Code 200, OK", "Failure: The health checker could not establish a connection within the timeout limit." */
  status: string;
}

/** What the checkers have found last, one each; undefined of a health check that is not there. */
export async function readObservations(route53: Route53Client, id: string): Promise<CheckerObservation[] | undefined> {
  try {
    const { HealthCheckObservations = [] } = await route53.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }));
    return HealthCheckObservations.flatMap(({ Region = '', StatusReport }) =>
      StatusReport?.Status === undefined ? [] : [{ region: Region, status: StatusReport.Status }],
    );
  } catch (error) {
    if (isCode(error, 'NoSuchHealthCheck')) return undefined;
    throw error;
  }
}
