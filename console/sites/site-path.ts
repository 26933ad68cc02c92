/** The path of a site in the API. */
export const pathOf = (domain: string): string => `/v1/sites/${encodeURIComponent(domain)}`;
