import { certificateFolder, type KitRequest, nginxFile } from './request.ts';

/** The steps for a certificate that is exported from ACM. */
export const exportedPage = (request: KitRequest, shownName: string): string => `# HTTPS for ${shownName}

nginx must be installed on the server. Steps 2 and 3 need the AWS CLI, jq, OpenSSL and credentials of your own that may \`acm:ExportCertificate\`.
1. Open the ports as [PORTS.md](PORTS.md) says.
2. Export, with ARN as the site shows it: \`umask 077; openssl rand -hex 32 | tr -d '\\n' > passphrase; aws acm export-certificate --region REGION --certificate-arn ARN --passphrase fileb://passphrase --output json > exported.json\`
3. Decrypt: \`jq -r .PrivateKey exported.json | openssl pkey -passin file:passphrase -out privkey.pem && jq -r '.Certificate, .CertificateChain' exported.json > fullchain.pem && rm passphrase exported.json\`
4. On the server, as root: \`install -d -m 700 ${certificateFolder(request)} && install -m 600 privkey.pem fullchain.pem ${certificateFolder(request)}/ && rm privkey.pem\`
5. \`cp ${nginxFile(request)} /etc/nginx/conf.d/ && nginx -t && systemctl reload-or-restart nginx\`
6. Check from outside: \`nameplate doctor ${request.names[0]}\`
7. ACM renews the certificate 45 days before it ends, for its price, with a new key: steps 2 to 5 again. It renews only what was exported since it was last issued.
`;
