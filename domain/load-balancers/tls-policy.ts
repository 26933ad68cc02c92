/**
 * TLS 1.2 and 1.3 with forward secrecy. Source: Elastic Load Balancing User Guide, "SSL policies for your Application
 * Load Balancer", where it is the recommended policy; checked 2026-11-22.
 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
