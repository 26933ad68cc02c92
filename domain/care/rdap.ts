/** Where a registry answers, by the bootstrap file of IANA. Source: RFC 9224, section 4. */
export function rdapBase(bootstrap: unknown, domain: string): string | undefined {
  const { services } = (bootstrap ?? {}) as { services?: unknown };
  if (!Array.isArray(services)) return undefined;
  const labels = domain.split('.');
  const above = labels.map((_, place) => labels.slice(place).join('.'));
  for (const zone of above) {
    for (const service of services) {
      const [zones, urls] = Array.isArray(service) ? service : [];
      if (!isTexts(zones) || !isTexts(urls) || !zones.includes(zone)) continue;
      const url = urls.find((each) => each.startsWith('https://'));
      return url === undefined ? undefined : url.replace(/\/?$/, '/');
    }
  }
  return undefined;
}

/** When a registration ends, as a registry tells it; undefined where it does not. Source: RFC 9083, section 4.5. */
export function rdapExpiration(answer: unknown): string | undefined {
  const { events } = (answer ?? {}) as { events?: unknown };
  if (!Array.isArray(events)) return undefined;
  const dates = events.flatMap((event: unknown) => {
    const { eventAction, eventDate } = (event ?? {}) as { eventAction?: unknown; eventDate?: unknown };
    const at = eventAction === 'expiration' && typeof eventDate === 'string' ? new Date(eventDate) : undefined;
    return at && !Number.isNaN(at.getTime()) ? [at.toISOString()] : [];
  });
  return dates[0];
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
