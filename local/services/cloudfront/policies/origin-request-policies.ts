import { ALL, allExcept, NONE, type Sent, some } from './sent.ts';

/** A managed origin request policy: what is sent to the origin besides what the cache policy has. */
export interface ManagedOriginRequestPolicy {
  id: string;
  name: string;
  comment: string;
  headers: Sent;
  /** The CloudFront-* headers, which tell about the viewer, are added. */
  aboutViewer: boolean;
  cookies: Sent;
  query: Sent;
}

/** Source: CloudFront Developer Guide, "Use managed origin request policies"; checked 2026-11-29. */
export const ORIGIN_REQUEST_POLICIES: readonly ManagedOriginRequestPolicy[] = [
  {
    id: '216adef6-5c7f-47e4-b989-5492eafa07d3',
    name: 'Managed-AllViewer',
    comment: 'Policy to forward all parameters in viewer requests',
    headers: ALL,
    aboutViewer: false,
    cookies: ALL,
    query: ALL,
  },
  {
    id: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
    name: 'Managed-AllViewerAndCloudFrontHeaders-2022-06',
    comment:
      'Policy to forward all parameters in viewer requests and all CloudFront headers that were released through June 2022',
    headers: ALL,
    aboutViewer: true,
    cookies: ALL,
    query: ALL,
  },
  {
    id: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    name: 'Managed-AllViewerExceptHostHeader',
    comment: 'Policy to forward all parameters in viewer requests except for the Host header',
    headers: allExcept('host'),
    aboutViewer: true,
    cookies: ALL,
    query: ALL,
  },
  {
    id: '59781a5b-3903-41f3-afcb-af62929ccde1',
    name: 'Managed-CORS-CustomOrigin',
    comment: 'Policy for CORS with a custom origin',
    headers: some('origin'),
    aboutViewer: false,
    cookies: NONE,
    query: NONE,
  },
  {
    id: 'bf0718e1-ba1e-49d1-88b1-f726733018ae',
    name: 'Managed-HostHeaderOnly',
    comment: 'Policy to forward the Host header only',
    headers: some('host'),
    aboutViewer: false,
    cookies: NONE,
    query: NONE,
  },
  {
    id: 'acba4595-bd28-49b8-b9fe-13317c0390fa',
    name: 'Managed-UserAgentRefererHeaders',
    comment: 'Policy to forward user-agent and referer headers to origin',
    headers: some('user-agent', 'referer'),
    aboutViewer: false,
    cookies: NONE,
    query: NONE,
  },
];

export const managedOriginRequestPolicy = (id: string | undefined): ManagedOriginRequestPolicy | undefined =>
  ORIGIN_REQUEST_POLICIES.find((policy) => policy.id === id);
