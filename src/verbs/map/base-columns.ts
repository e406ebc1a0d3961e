import type { PmapReport } from '../../format/pmap-layouts.ts';
import type { MapOptions } from './options.ts';

/** The columns of each report as a table; `--columns +NAME` adds to them. */
const BASE_COLUMNS: Readonly<Record<PmapReport | 'detail' | 'group' | 'total', readonly string[]>> =
  {
    default: ['address', 'size', 'perm', 'mapping'],
    extended: ['address', 'size', 'rss', 'dirty', 'perm', 'mapping'],
    device: ['address', 'size', 'perm', 'offset', 'device', 'mapping'],
    detail: ['address', 'perm', 'size', 'rss', 'pss', 'uss', 'dirty', 'swap', 'mapping'],
    group: ['mappings', 'size', 'rss', 'pss', 'uss', 'swap'],
    total: ['size', 'rss', 'pss', 'uss', 'swap'],
  };

/** The report of pmap that the options choose; `detail` is -X or -XX. */
export function pmapReportFor({ extended, device, detail }: MapOptions): PmapReport | 'detail' {
  if (detail > 0) return 'detail';
  if (extended) return 'extended';
  return device ? 'device' : 'default';
}

/** The columns of the report that the options choose, as a table of tsmap's own. */
export function baseColumnsFor(options: MapOptions): readonly string[] {
  if (options.total) return BASE_COLUMNS.total;
  if (options.groupBy === undefined) return BASE_COLUMNS[pmapReportFor(options)];
  const label = { mapping: 'mapping', kind: 'kind', mode: 'perm' }[options.groupBy];
  return [...BASE_COLUMNS.group, label];
}
