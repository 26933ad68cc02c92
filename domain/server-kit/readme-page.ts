import { type KitRequest, nginxFile } from './request.ts';

/** The steps on the server, ten lines. */
export const readmePage = (request: KitRequest, shownName: string): string => `# HTTPS for ${shownName}

Copy this folder to the server and become root there. nginx and certbot must be installed; the key is made there and never leaves it.
1. Open the ports as [PORTS.md](PORTS.md) says, and point ${request.names.join(', ')} to the server.
2. Get the certificate: \`chmod 600 certbot.ini && certbot certonly --config certbot.ini\`. It takes up to two minutes.
3. Delete the credentials, which are needed once: \`rm certbot.ini\`. They are a secret until they expire or are revoked.
4. \`cp ${nginxFile(request)} /etc/nginx/conf.d/ && nginx -t && systemctl reload-or-restart nginx\`
5. Renewal: \`cp certificate-renewal.* /etc/systemd/system/ && systemctl daemon-reload && systemctl enable --now certificate-renewal.timer\`
6. Check from outside: \`nameplate doctor ${request.names[0]}\`
`;
