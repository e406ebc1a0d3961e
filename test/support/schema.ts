import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const PATH = new URL('../../src/format/machine/snapshot.schema.json', import.meta.url);

/** The JSON Schema of `--format json`. */
export function snapshotSchema() {
  return JSON.parse(readFileSync(PATH, 'utf8'));
}

/** What is wrong with a document by the schema of `--format json`, one line each. */
export function schemaProblems(): (document: unknown) => string[] {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allowMatchingProperties: true,
    strictRequired: false,
    allErrors: true,
  });
  const validate = ajv.compile(snapshotSchema());
  return (document) => {
    validate(document);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
