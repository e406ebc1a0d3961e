import type { KnownField } from '../model/fields.ts';

/** What each known field of smaps counts. Source: proc_pid_smaps(5), kernel documentation. */
export const FIELD_HELP: Readonly<Record<KnownField, string>> = {
  Size: 'Address space of the mapping.',
  KernelPageSize: 'Page size that the kernel uses for the mapping.',
  MMUPageSize: 'Page size that the processor uses for the mapping.',
  Rss: 'Resident: pages in RAM, shared pages counted in full; with what LazyFree counts.',
  Pss: 'Proportional: pages in RAM, each divided by the processes that map it.',
  Pss_Dirty: 'The modified part of PSS.',
  Shared_Clean: 'Unmodified pages in RAM that are mapped more than once.',
  Shared_Dirty: 'Modified pages in RAM that are mapped more than once, or merged by KSM.',
  Private_Clean: 'Unmodified pages in RAM that are mapped once.',
  Private_Dirty: 'Modified pages in RAM that are mapped once.',
  Referenced: 'Pages in RAM that were accessed recently.',
  Anonymous: 'Pages in RAM that do not belong to a file.',
  KSM: 'Pages that the kernel merged with identical ones; they count as shared.',
  LazyFree:
    'Pages given back with MADV_FREE, which the kernel takes when memory is short; still in RSS.',
  AnonHugePages: 'Anonymous memory in transparent huge pages.',
  ShmemPmdMapped: 'Shared memory in transparent huge pages.',
  FilePmdMapped: 'File contents in transparent huge pages.',
  Shared_Hugetlb: 'Reserved huge pages that other processes map too; not part of RSS.',
  Private_Hugetlb: 'Reserved huge pages that no other process maps; not part of RSS.',
  Swap: 'Memory that is swapped out. Since Linux 4.6 that includes shared memory, whole in each process.',
  SwapPss: 'Swapped-out memory without shared memory, divided by the processes that share it.',
  Locked: 'Memory locked in RAM, which cannot be swapped out.',
  THPeligible: 'Whether transparent huge pages can be used (1) or not (0).',
  ProtectionKey: 'Memory protection key.',
  VmFlags: 'Flags of two letters, e.g. rd wr ex sh; proc_pid_smaps(5) lists them.',
  Name: 'Name of anonymous memory, on Android.',
};
