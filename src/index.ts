/**
 * tsmap as a library: the memory map of a Linux process as typed records.
 *
 * ```ts
 * import { readSmaps } from 'tsmap';
 *
 * let pssKib = 0;
 * for (const { fields } of readSmaps(process.pid, { fields: ['Pss'] })) pssKib += Number(fields.Pss);
 * ```
 */
export type { ByteString } from './model/byte-string.ts';
export type { Mapping } from './model/mapping.ts';
export { type Problem, type ProblemCode, ProblemError } from './model/problem.ts';
export type { ProcessHead } from './model/process.ts';
export type { WantedFields } from './proc/maps/mapping-reader.ts';
export { readProcessHead } from './proc/process/process-head.ts';
export { type MappingRecord, type ReadOptions, readMaps, readSmaps } from './proc/read-mappings.ts';
