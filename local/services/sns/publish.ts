import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';
import { AwsError, type Operation } from '../../wire/service.ts';
import { snsId } from './message-id.ts';
import type { Sns } from './sns.ts';
import type { Published } from './topic.ts';
import { checkTopicPolicy } from './topic-policy.ts';

// Source: SNS API Reference, "Publish"; checked 2026-11-22.
const MAX_BYTES = 262_144;
const MAX_SUBJECT = 100;

/** Takes a message for a topic and sends it on to the subscriptions. */
export const publish = ({ host, topics, outbox, delivering }: Sns): Operation<PublishInput, PublishResponse> => ({
  resources: ({ TopicArn, TargetArn }) => [TopicArn ?? TargetArn ?? '*'],
  run(input, call) {
    if (input.PhoneNumber !== undefined)
      throw invalid('PhoneNumber Reason: text messages are not part of the local AWS');
    const topic = topics.get(input.TopicArn ?? input.TargetArn, call.region);
    checkTopicPolicy(topic, call);
    if (input.MessageDeduplicationId !== undefined) {
      throw invalid(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    }
    const { Message = '', Subject: subject } = input;
    if (Message === '') throw invalid('Empty message');
    const attributes = input.MessageAttributes ?? {};
    checkAttributes(attributes);
    if (Buffer.byteLength(Message) + bytesOf(attributes) > MAX_BYTES) throw invalid('Message too long');
    if (subject !== undefined && (subject === '' || subject.length > MAX_SUBJECT || /\p{Cc}/u.test(subject))) {
      throw invalid('Subject');
    }
    const published: Published = {
      at: host.clock.now(),
      messageId: snsId(host),
      topicArn: topic.arn,
      subject,
      message: Message,
      texts: textsOf(Message, input.MessageStructure),
      attributes,
    };
    outbox.publish(published);
    delivering.send(published, topic.subscriptions);
    return { MessageId: published.messageId };
  },
});

type Attributes = NonNullable<PublishInput['MessageAttributes']>;

function checkAttributes(attributes: Attributes): void {
  const refuse = (message: string): never => {
    throw new AwsError('ParameterValueInvalid', message, { status: 400 });
  };
  for (const [name, { DataType = '', StringValue, BinaryValue }] of Object.entries(attributes)) {
    checkAttributeName(name, refuse);
    const [type = ''] = DataType.split('.');
    if (!['String', 'Number', 'Binary'].includes(type)) {
      refuse(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    }
    const value = type === 'Binary' ? BinaryValue : StringValue;
    if (value === undefined || value.length === 0) {
      refuse(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
      );
    }
    if (type === 'Number' && !NUMBER.test(StringValue ?? '')) {
      refuse(`Could not cast message attribute '${name}' value to number.`);
    }
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Source: SNS Developer Guide, "Message attribute items", the words: recordings of AWS in LocalStack's tests; checked 2026-11-30. */
function checkAttributeName(name: string, refuse: (message: string) => never): void {
  if (Buffer.byteLength(name) > 256) refuse('Length of message attribute name must be less than 256 bytes.');
  const strange = /[^a-zA-Z0-9_.-]/.exec(name)?.[0];
  if (strange !== undefined) {
    const code = `#x${strange.charCodeAt(0).toString(16).toUpperCase()}`;
    refuse(
      `Invalid non-alphanumeric character '${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.startsWith('.')) refuse("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) refuse("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) refuse("Message attribute name can not have successive '.' character.");
}

/** Names, types and values of attributes count as the message does. Source: SNS Developer Guide, "Message attributes"; checked 2026-11-30. */
const bytesOf = (attributes: Attributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    0,
  );

/** One text for all, or with MessageStructure "json" one for each protocol beside the default. */
function textsOf(message: string, structure: string | undefined): Record<string, string> {
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalid('MessageStructure');
  const texts = parsed(message);
  if (typeof texts['default'] === 'string') return texts as Record<string, string>;
  throw invalid('Message Structure - No default entry in JSON message body');
}

function parsed(message: string): Record<string, unknown> {
  try {
    return JSON.parse(message) ?? {};
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') throw invalid('Message Structure - JSON message body failed to parse');
    throw error;
  }
}

const invalid = (what: string): AwsError => new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
