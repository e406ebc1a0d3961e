import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** The documents that have a schema in the package. */
export const SCHEMAS = ['snapshot', 'summary', 'diff', 'check', 'watch', 'recording'] as const;

/** A document that has a schema. */
export type SchemaName = (typeof SCHEMAS)[number];

const { resolve } = createRequire(import.meta.url);

/** A JSON Schema, found as a user of the package finds it. */
export function schemaOf(name: SchemaName) {
  return JSON.parse(readFileSync(resolve(`tsmap/schemas/${name}.schema.json`), 'utf8'));
}

/**
 * Validates values by a schema, or by one of its definitions: returns the problems, one line each.
 */
export function schemaProblems(
  name: SchemaName,
  definition?: 'record',
): (value: unknown) => string[] {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allowMatchingProperties: true,
    strictRequired: false,
    strictTuples: false,
    allErrors: true,
  });
  ajv.addSchema(schemaOf(name), name);
  const pointer = definition === undefined ? '' : `/$defs/${definition}`;
  const validate = ajv.compile({ $ref: `${name}#${pointer}` });
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, params['additionalProperty'] ?? params['unevaluatedProperty']]
        .filter((each) => each !== undefined)
        .join(' '),
    );
  };
}
