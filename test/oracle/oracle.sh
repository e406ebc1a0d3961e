# Runs pmap and tsmap side by side; started by test/support/pmap.ts under `unshare -m`.
#
#     sh oracle.sh JOB together|separately COMMAND_OF_TSMAP...
#
# JOB/mounts lays the inputs over processes' files, JOB/pids names the processes,
# JOB/options.N holds a set of options, one a line. JOB/out.N.pmap and .tsmap get
# what was printed; a form feed and the exit status follow the output of each start.

job=$1
mode=$2
shift 2
. "$job/mounts" || exit 1
pids=$(cat "$job/pids")

# The program with the words given; its output, its messages and its status are kept.
run_pmap() {
	LC_ALL=C pmap "$@" >>"$out.pmap" 2>>"$out.pmap.err"
	printf '\f%s\n' $? >>"$out.pmap"
}

for options in "$job"/options.*; do
	out=$job/out.${options##*.}
	: >"$out.pmap"
	: >"$out.tsmap"
	(
		tsmap_words=$#
		while IFS= read -r option; do
			set -- "$@" "$option"
		done <"$options"
		run_tsmap() {
			"$@" >>"$out.tsmap" 2>>"$out.tsmap.err"
			printf '\f%s\n' $? >>"$out.tsmap"
		}
		if [ "$mode" = separately ]; then
			for pid in $pids; do
				run_tsmap "$@" --layout procps "$pid"
			done
		else
			run_tsmap "$@" --layout procps $pids
		fi
		shift "$tsmap_words"
		for pid in $pids; do
			run_pmap "$@" "$pid"
		done
	) || exit 1
done
exit 0
