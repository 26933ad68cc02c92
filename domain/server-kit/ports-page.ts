import { certificateName, type KitRequest } from './request.ts';

/** Which ports to open, and how: the kit opens none itself. */
export function portsPage(request: KitRequest): string {
  const name = certificateName(request);
  return `# Ports of ${name}

Open TCP 80 (the redirect) and TCP 443 (HTTPS) to everybody, in each of these that the server has. Nothing else: the application
at ${request.upstream} is reached by nginx alone.${request.acme ? ' Outbound TCP 443 and DNS must be open for certbot.' : ''}

| where | how |
| --- | --- |
| EC2 security group | \`aws ec2 authorize-security-group-ingress --group-id sg-… --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]${request.ipv6 ? ',Ipv6Ranges=[{CidrIpv6=::/0}]' : ''}'\`, and the same with 80 |
| another cloud's firewall | allow inbound TCP 80 and 443 from 0.0.0.0/0${request.ipv6 ? ' and ::/0' : ''} in its security group, network firewall or VCN security list |
| firewalld | \`firewall-cmd --permanent --add-service=http --add-service=https && firewall-cmd --reload\` |
| ufw | \`ufw allow 80/tcp && ufw allow 443/tcp\` |
| SELinux | \`setsebool -P httpd_can_network_connect on\`, or nginx answers 502 |

How a closed port shows from outside:

| what \`curl -v https://${name}/\` says | what it is |
| --- | --- |
| Connection refused | nothing listens: nginx is not running, or not with this configuration |
| No route to host | the server's own firewall rejects: firewalld or iptables |
| it waits and times out | a firewall drops packets: the cloud's (a security group or its like), or ufw |
`;
}
