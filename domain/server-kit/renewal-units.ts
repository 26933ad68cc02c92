import { RENEW_COMMAND } from './certbot-options.ts';

/** The service that renews, for systemd. It is the same in every kit, so that several on one server are no conflict. */
export const RENEWAL_SERVICE = `[Unit]
Description=Renew certificates by certbot
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/bin/env ${RENEW_COMMAND}
`;

/** Twice a day: ACM's ACME certificates last 45 days and certbot renews 30 days before the end, so that dozens of runs may fail. */
export const RENEWAL_TIMER = `[Unit]
Description=Renew certificates twice a day

[Timer]
OnCalendar=*-*-* 00/12:00:00
RandomizedDelaySec=6h
Persistent=true

[Install]
WantedBy=timers.target
`;
