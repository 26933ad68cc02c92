import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { ec2Query } from './ec2-query.ts';
import type { WireProtocol } from './protocol.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { s3 } from './s3.ts';
import type { Protocol } from './service.ts';

/** Every protocol by its name. */
export const protocols: Record<Protocol, WireProtocol> = {
  awsJson1_0: awsJson('1.0'),
  awsJson1_1: awsJson('1.1'),
  awsQuery,
  ec2Query,
  restXml,
  restJson1: restJson,
  s3,
};
