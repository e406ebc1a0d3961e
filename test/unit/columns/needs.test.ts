import { expect, test } from 'vitest';
import { findColumn } from '../../../src/columns/catalogue.ts';
import { needsOf } from '../../../src/columns/needs.ts';

function needs(ids: string) {
  return needsOf(ids.split(' ').flatMap((id) => findColumn(id) ?? []));
}

test.each([
  ['address size mode mapping', [], false],
  ['rss uss dirty', ['Rss', 'Private_Clean', 'Private_Dirty', 'Shared_Dirty'], false],
  ['vm_flags hugetlb', ['VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb'], false],
  // Without fields, kinds are recognized as far as possible: fields are not required.
  ['address kind', [], true],
  ['kind vm_flags', ['VmFlags'], true],
])('the columns %s need the fields %j, kinds: %s', (ids, fields, needsKinds) => {
  expect(needs(ids)).toEqual({ fields, needsKinds });
});

test('the column of kinds needs the fields that reveal reserved huge pages', () => {
  expect(findColumn('kind')?.fields).toEqual(['VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb']);
});
