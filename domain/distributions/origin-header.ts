/** The header by which the load balancer knows requests of the site's own distribution. Its value is a secret. */
export const ORIGIN_HEADER = 'X-Nameplate-Origin';

/** What stands for its value wherever something is shown or written down. */
export const HIDDEN_SECRET = '⟨secret⟩';
