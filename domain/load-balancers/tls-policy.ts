/**
 * TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only, and hybrid post-quantum key exchange. Source:
 * Elastic Load Balancing User Guide, "Security policies for your Application Load Balancer", where it is the recommended
 * policy; checked 2026-11-29.
 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/** The month that ends a policy's name: "ELBSecurityPolicy-2016-08". */
const MONTH = /\d{4}-\d{2}$/;

/**
 * The policy that a listener of ours is to have: the recommended one, unless it has one of the same month or a later one,
 * which a person may have chosen among today's.
 */
export function tlsPolicyFor(standing: string | undefined): string {
  const month = monthOf(standing);
  return standing !== undefined && month !== undefined && month >= (monthOf(TLS_POLICY) ?? '') ? standing : TLS_POLICY;
}

function monthOf(policy: string | undefined): string | undefined {
  return policy === undefined ? undefined : MONTH.exec(policy)?.[0];
}
