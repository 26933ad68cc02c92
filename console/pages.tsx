import type { ComponentType } from 'preact';
import { AlertsPage } from './alerts/alerts-page.tsx';
import { CertificatesPage } from './certificates/certificates-page.tsx';
import { ChangeSitePage } from './document/change-site-page.tsx';
import { NewSitePage } from './document/new-site-page.tsx';
import { MaintenancePage } from './maintenance/maintenance-page.tsx';
import { SiteMaintenancePage } from './maintenance/site-maintenance-page.tsx';
import { displayName } from './parts/display-name.ts';
import type { Params } from './route.ts';
import { SitePage } from './sites/site-page.tsx';
import { SitesPage } from './sites/sites-page.tsx';

interface Page {
  /** "/sites/:domain" */
  path: string;
  title: (params: Params) => string;
  /** Its word in the navigation; a page without one is reached from another. */
  nav?: string;
  view: ComponentType<{ params: Params }>;
}

/** Every page of the console: a new one is a line here. */
export const PAGES: readonly Page[] = [
  { path: '/', title: () => 'Sites', nav: 'Sites', view: SitesPage },
  { path: '/sites/:domain', title: ({ domain = '' }) => displayName(domain), view: SitePage },
  { path: '/sites/:domain/change', title: ({ domain = '' }) => `Change ${displayName(domain)}`, view: ChangeSitePage },
  { path: '/new', title: () => 'New site', nav: 'New site', view: NewSitePage },
  { path: '/alerts', title: () => 'Alerts', nav: 'Alerts', view: AlertsPage },
  { path: '/certificates', title: () => 'Certificates', nav: 'Certificates', view: CertificatesPage },
  { path: '/maintenance', title: () => 'Maintenance', nav: 'Maintenance', view: MaintenancePage },
  {
    path: '/maintenance/:domain',
    title: ({ domain = '' }) => `Maintenance of ${displayName(domain)}`,
    view: SiteMaintenancePage,
  },
];
