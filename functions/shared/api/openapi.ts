import * as z from 'zod/mini';
import { alertList, alertView, certificateList, LISTED_STATES } from '../../../domain/care/view.ts';
import { check, siteCheckView } from '../../../domain/doctor/view.ts';
import { drillView } from '../../../domain/failover/drill.ts';
import {
  maintenanceRequest,
  windowList,
  windowRequest,
  windowView,
} from '../../../domain/failover/maintenance-schema.ts';
import { maintenanceList } from '../../../domain/failover/maintenance-view.ts';
import { leavingPlanView } from '../../../domain/plans/leaving-view.ts';
import { newSite } from '../../../domain/plans/reference.ts';
import { planView } from '../../../domain/plans/view.ts';
import { serverCredentials } from '../../../domain/server-kit/credentials.ts';
import { serverAction } from '../../../domain/servers/server-action.ts';
import { cancellation } from '../../../domain/sites/cancellation.ts';
import { declaration } from '../../../domain/sites/declaration.ts';
import { leaving } from '../../../domain/sites/leaving.ts';
import { TENANT } from '../../../domain/sites/tenant.ts';
import { undoing } from '../../../domain/sites/undoing.ts';
import { problemView, siteList, siteView } from '../../../domain/sites/view.ts';

/** The major version that every path begins with. */
const VERSION = '1';

/** A schema as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io });
  return shape;
}

const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const located = { location: { description: 'Where the site can be watched', schema: { type: 'string' } } };
const retried = {
  'retry-after': { description: 'Seconds until it is worth trying again', schema: { type: 'integer' } },
};
const shared = {
  429: { ...refused('The tenant has as many operations open as it may'), headers: retried },
};
const broken = {
  500: refused('Something went wrong on our side'),
  503: { ...refused('AWS is busy'), headers: retried },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    "The same key and body again give the same answer for a day, and make nothing. Retry with the same key after 429, 500 or 503, API Gateway's own included",
  schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
};
const domain = {
  name: 'domain',
  in: 'path',
  required: true,
  description: 'A-labels or U-labels, any case',
  schema: { type: 'string' },
};

const tenant = {
  name: 'tenant',
  in: 'query',
  description:
    'The expected tenant: a site of another is not found, a list has none, and a document that declares another, or none, is refused',
  schema: { type: 'string', pattern: TENANT.source },
};

const plan = {
  name: 'plan',
  in: 'query',
  description: 'Whether only to say what the same request would do',
  schema: { type: 'boolean', default: false },
};

/** Which page of a list. */
const pageOf = (byDefault: number, most: number) => [
  {
    name: 'limit',
    in: 'query',
    description: `How many at most; ${byDefault} when left out`,
    schema: { type: 'integer', minimum: 1, maximum: most, default: byDefault },
  },
  { name: 'next', in: 'query', description: 'From the page before', schema: { type: 'string' } },
];

/** A `POST` about a site that stands. */
const action = (operationId: string, summary: string, { conflict }: { conflict: string }) => ({
  operationId,
  summary,
  parameters: [domain, tenant, idempotencyKey],
  responses: {
    202: { description: 'Accepted; watch the site under its Location', headers: located, content: json('Site') },
    400: refused('The body or the key cannot be used'),
    404: refused('There is no such site, or none of the expected tenant'),
    409: { ...refused(conflict), headers: { ...located, ...retried } },
    ...(operationId === 'deleteSite' && { 200: { description: 'What it would do', content: json('LeavingPlan') } }),
    422: refused('The key belongs to another request'),
    ...(operationId === 'resumeSite' && shared),
    ...broken,
  },
});

const windowInPath = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the window',
  schema: { type: 'string' },
};
const noSite = refused('There is no such site, or none of the expected tenant');
const noWindow = refused('There is no such site, none of the expected tenant, or no such window');

/** What a request that changes maintenance windows can be refused with. */
const windowRefusals = (conflict: string) => ({
  400: refused('The body is not JSON, or the key cannot be used'),
  409: { ...refused(conflict), headers: { ...located, ...retried } },
  413: refused('The body is larger than 32 KiB'),
  422: refused(
    'The window cannot be as declared: `errors` points at each field; or the key belongs to another request',
  ),
  ...broken,
});

/** The API as an OpenAPI 3.1 document, made from the schemas that validate. */
export function openApi(server: string): object {
  return {
    openapi: '3.1.1',
    info: { title: 'Nameplate', version: VERSION, description: 'Puts a domain name on what you run.' },
    servers: [{ url: server }],
    security: [{ signature: [] }],
    paths: {
      [`/v${VERSION}/sites`]: {
        post: {
          operationId: 'createSite',
          summary: 'Declare a site and start its onboarding',
          parameters: [tenant, idempotencyKey],
          requestBody: { required: true, content: json('NewSite') },
          responses: {
            202: { description: 'Accepted; the onboarding runs', headers: located, content: json('Site') },
            400: refused('The body is not JSON, or a parameter cannot be used'),
            409: {
              ...refused(
                'The site exists, an operation runs, a name is taken, something foreign is in the way, the account has no room, the key is being answered, or the plan is gone, has conflicts, is outdated or was made for another document: `errors` names what has changed',
              ),
              headers: { ...located, ...retried },
            },
            413: refused('The body is larger than 192 KiB'),
            422: refused('The site cannot be onboarded as declared; `errors` points at each field'),
            ...shared,
            ...broken,
          },
        },
        get: {
          operationId: 'listSites',
          summary: 'List the sites by domain',
          parameters: [tenant, ...pageOf(50, 1_000)],
          responses: {
            200: { description: 'A page of sites', content: json('SiteList') },
            400: refused('A parameter cannot be used'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}`]: {
        get: {
          operationId: 'showSite',
          summary: 'Show a site: its state, steps and the newest page of its timeline',
          parameters: [domain, tenant, ...pageOf(100, 200)],
          responses: {
            200: { description: 'The site', content: json('Site') },
            400: refused('A parameter cannot be used'),
            404: refused('There is no such site, or none of the expected tenant'),
            ...broken,
          },
        },
        put: {
          operationId: 'changeSite',
          summary: 'Declare a site that stands anew, and start the change that makes the difference',
          parameters: [domain, tenant, idempotencyKey],
          requestBody: { required: true, content: json('NewSite') },
          responses: {
            200: {
              description: 'The site is live as declared; nothing was started',
              headers: located,
              content: json('Site'),
            },
            202: { description: 'Accepted; the change runs', headers: located, content: json('Site') },
            400: refused('The body is not JSON, or a parameter cannot be used'),
            404: refused('There is no such site, or none of the expected tenant'),
            409: {
              ...refused(
                'An operation runs, the site has been undone, a name is taken, something foreign is in the way, the account has no room, the key is being answered, or the plan is gone, has conflicts, is outdated or was made for another document: `errors` names what has changed',
              ),
              headers: { ...located, ...retried },
            },
            413: refused('The body is larger than 192 KiB'),
            422: refused('The site cannot be changed to what is declared; `errors` points at each field'),
            ...shared,
            ...broken,
          },
        },
        delete: {
          ...action(
            'deleteSite',
            'Remove a site and what was made for it, traffic first; with `plan=true` say what that would do',
            {
              conflict:
                'An operation runs, nothing of the site is left, or the deletions have to be approved: `errors` lists them',
            },
          ),
          parameters: [domain, tenant, plan, idempotencyKey],
          requestBody: { required: false, content: json('Leaving') },
        },
      },
      [`/v${VERSION}/sites/{domain}/resume`]: {
        post: action('resumeSite', 'Go on with the operation of a site that is held, at the step that failed', {
          conflict: 'The site is not held, or an operation runs',
        }),
      },
      [`/v${VERSION}/sites/{domain}/cancel`]: {
        post: {
          ...action('cancelSite', 'Stop the operation that runs, and hold the site where it stands or undo it', {
            conflict: 'No operation runs',
          }),
          requestBody: { required: false, content: json('Cancellation') },
        },
      },
      [`/v${VERSION}/sites/{domain}/undo`]: {
        post: {
          ...action(
            'undoSite',
            'Take back what was made for a site, traffic first; bring a change that failed back to what was live',
            {
              conflict:
                'An operation runs, there is nothing to go back to, nothing of the site is left, or the deletions have to be approved: `errors` lists them',
            },
          ),
          requestBody: { required: false, content: json('Undoing') },
        },
      },
      [`/v${VERSION}/maintenance`]: {
        get: {
          operationId: 'listMaintenance',
          summary: 'List the sites that have a maintenance page: where viewers are led, and the windows of each',
          parameters: [tenant, ...pageOf(50, 100)],
          responses: {
            200: { description: 'A page of sites', content: json('MaintenanceList') },
            400: refused('A parameter cannot be used'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/maintenance`]: {
        put: {
          operationId: 'switchMaintenance',
          summary: 'Lead viewers of a live site to its maintenance page, or back',
          parameters: [domain, tenant, idempotencyKey],
          requestBody: { required: true, content: json('Maintenance') },
          responses: {
            200: {
              description: 'Viewers are led there already; only the end or the lock was changed',
              headers: located,
              content: json('Site'),
            },
            202: { description: 'Accepted; the switch runs', headers: located, content: json('Site') },
            400: refused('The body is not JSON, or the key cannot be used'),
            404: noSite,
            409: {
              ...refused('An operation runs, the site is not live, or its document has no failover'),
              headers: { ...located, ...retried },
            },
            413: refused('The body is larger than 32 KiB'),
            422: refused(
              'The maintenance cannot be as asked for: `errors` points at each field; or the key belongs to another request',
            ),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/maintenance/windows`]: {
        get: {
          operationId: 'listWindows',
          summary: 'List the maintenance windows of a site',
          parameters: [domain, tenant],
          responses: {
            200: { description: 'The windows', content: json('WindowList') },
            400: refused('A parameter cannot be used'),
            404: noSite,
            ...broken,
          },
        },
        post: {
          operationId: 'createWindow',
          summary: 'Declare a maintenance window: the page is on from its start until its end',
          parameters: [domain, tenant, idempotencyKey],
          requestBody: { required: true, content: json('NewWindow') },
          responses: {
            201: {
              description: 'The window, which is announced a day and an hour before it begins',
              headers: { location: { description: 'Where the window can be changed', schema: { type: 'string' } } },
              content: json('Window'),
            },
            404: noSite,
            ...windowRefusals('The document has no failover, or the site has as many windows as it may'),
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/maintenance/windows/{id}`]: {
        put: {
          operationId: 'changeWindow',
          summary: 'Change the times or the words of a maintenance window',
          parameters: [domain, windowInPath, tenant, idempotencyKey],
          requestBody: { required: true, content: json('NewWindow') },
          responses: {
            200: { description: 'The window', content: json('Window') },
            404: noWindow,
            ...windowRefusals('The document has no failover, or the window is over'),
          },
        },
        delete: {
          operationId: 'cancelWindow',
          summary: 'Cancel a maintenance window: it does not begin, or ends now',
          parameters: [domain, windowInPath, tenant, idempotencyKey],
          responses: {
            200: {
              description: 'The window is cancelled',
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
                },
              },
            },
            400: refused('The key cannot be used'),
            404: noWindow,
            409: { ...refused('The document has no failover'), headers: { ...located, ...retried } },
            422: refused('The key belongs to another request'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/drill`]: {
        post: {
          operationId: 'drillSite',
          summary: 'Look at everything that a failover of the site needs; no traffic is moved',
          parameters: [domain, tenant, idempotencyKey],
          responses: {
            200: { description: 'What was found', content: json('Drill') },
            400: refused('A parameter or the key cannot be used'),
            404: noSite,
            409: { ...refused('The document has no failover'), headers: { ...located, ...retried } },
            422: refused('The key belongs to another request'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/server`]: {
        post: {
          operationId: 'changeServer',
          summary: 'Stop, start or remove the instance that was created for the site',
          parameters: [domain, tenant, idempotencyKey],
          requestBody: { required: true, content: json('ServerAction') },
          responses: {
            202: { description: 'It is on its way; the site as it stands', headers: located, content: json('Site') },
            400: refused('The body, a parameter or the key cannot be used'),
            404: refused('There is no such site, or none of the expected tenant'),
            409: {
              ...refused('An operation is running, no server is there for it, or it is in another state'),
              headers: { ...located, ...retried },
            },
            422: refused('The key belongs to another request'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/sites/{domain}/server-credentials`]: {
        post: {
          operationId: 'createServerCredentials',
          summary:
            'Make credentials that the ACME client of the server registers with; unused ones of before are revoked',
          parameters: [domain, tenant],
          responses: {
            201: { description: 'The credentials, shown once', content: json('ServerCredentials') },
            400: refused('A parameter cannot be used'),
            404: refused('There is no such site, or none of the expected tenant'),
            409: {
              ...refused('The server gets no certificate by ACME, or ACM has not validated the names yet'),
              headers: located,
            },
            ...broken,
          },
        },
      },
      [`/v${VERSION}/plans`]: {
        post: {
          operationId: 'createPlan',
          summary: 'Say what onboarding a site, or changing one that stands, would do; nothing is made',
          parameters: [tenant],
          requestBody: { required: true, content: json('Declaration') },
          responses: {
            200: { description: 'The plan; it can be applied until it expires', content: json('Plan') },
            400: refused('The body is not JSON, or a parameter cannot be used'),
            409: refused('Another tenant has the name'),
            413: refused('The body is larger than 192 KiB'),
            422: refused('The site cannot be onboarded as declared; `errors` points at each field'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/checks`]: {
        post: {
          operationId: 'checkSite',
          summary: 'Look at the names of a site from outside, and say what is wrong and what to do; nothing is changed',
          parameters: [tenant],
          requestBody: { required: true, content: json('Check') },
          responses: {
            200: { description: 'What was found', content: json('SiteCheck') },
            400: refused('The body is not JSON, or a parameter cannot be used'),
            404: refused('There is no such site, or none of the expected tenant'),
            413: refused('The body is larger than 192 KiB'),
            422: refused('The body is no check; `errors` points at each field'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/certificates`]: {
        get: {
          operationId: 'listCertificates',
          summary: 'List the certificates of all live sites as last seen, what ends first first',
          parameters: [tenant, ...pageOf(50, 1_000)],
          responses: {
            200: { description: 'A page of certificates', content: json('CertificateList') },
            400: refused('A parameter cannot be used'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/alerts`]: {
        get: {
          operationId: 'listAlerts',
          summary: 'List what people were told of, the newest first',
          parameters: [
            tenant,
            ...pageOf(50, 100),
            {
              name: 'state',
              in: 'query',
              description: 'Those that stand, or that were resolved in the last 90 days',
              schema: { type: 'string', enum: LISTED_STATES, default: 'open' },
            },
          ],
          responses: {
            200: { description: 'A page of alerts', content: json('AlertList') },
            400: refused('A parameter cannot be used'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/alerts/{id}/acknowledge`]: {
        post: {
          operationId: 'acknowledgeAlert',
          summary: 'Say that an alert was read: it stays open until it is mended; the same again changes nothing',
          parameters: [{ ...windowInPath, description: 'The id of the alert' }, tenant],
          responses: {
            200: { description: 'The alert', content: json('Alert') },
            400: refused('A parameter cannot be used'),
            404: refused('There is no such alert, or none of the expected tenant'),
            ...broken,
          },
        },
      },
      [`/v${VERSION}/openapi.json`]: {
        get: {
          operationId: 'showOpenapi',
          summary: 'Show this document',
          responses: {
            200: {
              description: 'An OpenAPI 3.1 document',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
            400: refused('A parameter cannot be used'),
            ...broken,
          },
        },
      },
    },
    components: {
      schemas: {
        Declaration: schemaOf(declaration, 'input'),
        NewSite: schemaOf(newSite, 'input'),
        Plan: schemaOf(planView, 'output'),
        Cancellation: schemaOf(cancellation, 'input'),
        Undoing: schemaOf(undoing, 'input'),
        Leaving: schemaOf(leaving, 'input'),
        LeavingPlan: schemaOf(leavingPlanView, 'output'),
        Drill: schemaOf(drillView, 'output'),
        Maintenance: schemaOf(maintenanceRequest, 'input'),
        MaintenanceList: schemaOf(maintenanceList, 'output'),
        NewWindow: schemaOf(windowRequest, 'input'),
        Window: schemaOf(windowView, 'output'),
        WindowList: schemaOf(windowList, 'output'),
        Site: schemaOf(siteView, 'output'),
        SiteList: schemaOf(siteList, 'output'),
        ServerAction: schemaOf(serverAction, 'input'),
        ServerCredentials: schemaOf(serverCredentials, 'output'),
        Check: schemaOf(check, 'input'),
        SiteCheck: schemaOf(siteCheckView, 'output'),
        CertificateList: schemaOf(certificateList, 'output'),
        AlertList: schemaOf(alertList, 'output'),
        Alert: schemaOf(alertView, 'output'),
        Problem: schemaOf(problemView, 'output'),
      },
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, service "execute-api"',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  };
}
