/** A CloudFormation template, as far as the local deployment reads it. */
export interface Template {
  Parameters?: Record<string, TemplateParameter>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Rules?: Record<string, TemplateRule>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Description?: string; Condition?: string; Export?: { Name: unknown } }>;
}

export interface TemplateParameter {
  Type: string;
  Default?: unknown;
  AllowedValues?: unknown[];
}

export interface TemplateRule {
  RuleCondition?: unknown;
  Assertions?: { Assert: unknown; AssertDescription?: string }[];
}

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  Metadata?: { 'aws:cdk:path'?: string };
}

/** Sections that change nothing here: descriptions and hints for tools. */
const harmless = ['AWSTemplateFormatVersion', 'Description', 'Metadata'];
const read = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];

/** The sections of a template that the local deployment cannot honour: "Transform", "Hooks". */
export const unknownSections = (template: object): string[] =>
  Object.keys(template).filter((section) => !harmless.includes(section) && !read.includes(section));
