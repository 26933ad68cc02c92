import type { Rate } from '../../clock/token-bucket.ts';
import { ACME_RATES } from './acme/quotas.ts';

// Source: AWS Certificate Manager User Guide, "Quotas"; checked 2026-11-22. Each counts per account and Region.

export const NAMES_PER_CERTIFICATE = 10;
export const CERTIFICATES = 2_500;
export const CERTIFICATES_PER_YEAR = 5_000;
export const TAGS_PER_CERTIFICATE = 50;

const perSecond = (calls: number): Rate => ({ burst: calls, perSecond: calls });

export const RATES: Record<string, Rate> = {
  ...ACME_RATES,
  RequestCertificate: perSecond(5),
  DescribeCertificate: perSecond(10),
  ExportCertificate: perSecond(10),
  GetCertificate: perSecond(10),
  ListCertificates: perSecond(8),
  DeleteCertificate: perSecond(10),
  ImportCertificate: perSecond(1),
  AddTagsToCertificate: perSecond(5),
  RemoveTagsFromCertificate: perSecond(5),
  ListTagsForCertificate: perSecond(10),
  RenewCertificate: perSecond(5),
  UpdateCertificateOptions: perSecond(5),
};
