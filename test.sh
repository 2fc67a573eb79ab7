#!/usr/bin/env bash
# Builds the solution and runs its tests, one project after the other (faults beside end to end).
# `./test.sh Cli Physics` takes those projects alone.
# Of the faults that are injected into running clusters it takes a selection; `./test.sh --faults` takes all of them and
# nothing else. The last line is `N passed, N failed, N skipped`.
set -uo pipefail

root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cd "$root" || exit 1
results=$root/artifacts/test-results
export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE
rm -rf "$results"
mkdir -p "$results"

fault_tests='Faults!=long'
if [[ ${1-} == --faults ]]; then
  fault_tests='Faults=short|Faults=long'
  set -- Faults
fi

projects=()
for folder in "${@/#/tests/Ivim.}"; do projects+=("$folder.Tests"); done
targets=("${projects[@]}")
if (($# == 0)); then
  projects=(tests/*.Tests)
  targets=(Ivim.sln)
fi

total_passed=0 total_failed=0 total_skipped=0
names=$results/names.txt
: >"$names"

finish() {
  if [[ -s $results/faults.md ]]; then
    echo
    echo "what faults cost (artifacts/test-results/faults.md):"
    cat "$results/faults.md"
  fi
  if [[ -s $names ]]; then
    echo
    cat "$names"
  fi
  echo
  echo "$total_passed passed, $total_failed failed, $total_skipped skipped"
  exit $((total_failed > 0))
}

fail_whole() {
  echo "FAILED   $1" >>"$names"
  total_failed=$((total_failed + 1))
}

# One line for each result of a TRX file: outcome, test, first line of its message; tab-separated, entities decoded.
read_results() {
  tr '\n' '\037' <"$1" | sed 's/<UnitTestResult /\n&/g' | awk -v FS='\037' '
    function decoded(s) {
      gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&apos;/, "\x27", s)
      gsub(/&#x[DdAa];/, " ", s); gsub(/&amp;/, "\\&", s)
      return s
    }
    function between(s, from, to,   at) {
      at = index(s, from); if (!at) return ""
      s = substr(s, at + length(from)); at = index(s, to)
      return at ? substr(s, 1, at - 1) : ""
    }
    /^<UnitTestResult / {
      reason = between($0, "<Message>", "</Message>")
      if (reason == "") reason = between($0, "<StdOut>", "</StdOut>")
      split(reason, lines, "\037")
      printf "%s\t%s\t%s\n", between($0, " outcome=\"", "\""), decoded(between($0, " testName=\"", "\"")), decoded(lines[1])
    }'
}

count() {
  local outcome test reason passed=0 failed=0 skipped=0
  while IFS=$'\t' read -r outcome test reason; do
    case $outcome in
      Passed) passed=$((passed + 1)) ;;
      NotExecuted) skipped=$((skipped + 1)); echo "skipped  $test: $reason" >>"$names" ;;
      *) failed=$((failed + 1)); echo "FAILED   $test: $reason" >>"$names" ;;
    esac
  done < <(read_results "$1")
  echo "$2: $passed passed, $failed failed, $skipped skipped" | sed 's/^/  /'
  total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed))
  total_skipped=$((total_skipped + skipped))
  failed_here=$failed
}

for target in "${targets[@]}"; do
  echo "building $target"
  if ! dotnet build "$target" -c Release -v minimal -nologo >"$results/build.log" 2>&1 </dev/null; then
    grep -E 'error' "$results/build.log" | sort -u | head -40
    fail_whole "the build of $target (artifacts/test-results/build.log)"
    finish
  fi
done

# Runs one project's tests; its output and its exit code are left in files, so that it may run beside others.
run_project() {
  local name filter=()
  name=$(basename "$1")
  [[ $name == Ivim.Faults.Tests ]] && filter=(--filter "$fault_tests")
  dotnet test "$1" -c Release --no-build --nologo --results-directory "$results" "${filter[@]}" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" >"$results/$name.log" 2>&1 </dev/null
  echo $? >"$results/$name.code"
}

report_project() {
  local name code
  name=$(basename "$1")
  code=$(cat "$results/$name.code" || echo 1)
  failed_here=0
  [[ -f $results/$name.trx ]] && count "$results/$name.trx" "$name"
  if ((code != 0 && failed_here == 0)); then
    tail -30 "$results/$name.log"
    fail_whole "$name ended with code $code before all of its tests had run"
  elif ((failed_here > 0)); then
    head -300 "$results/$name.log"
  fi
}

end_to_end=tests/Ivim.EndToEnd.Tests faults=tests/Ivim.Faults.Tests beside=
for project in "${projects[@]}"; do
  [[ -n $beside && $project == "$faults" ]] && continue
  # Tests of faults mostly wait for leases and restarts, those from end to end compute: so they run side by side.
  if [[ $project == "$end_to_end" && " ${projects[*]} " == *" $faults "* ]]; then
    run_project "$faults" &
    beside=$!
  fi
  run_project "$project"
  report_project "$project"
  if [[ $project == "$end_to_end" && -n $beside ]]; then
    wait "$beside"
    report_project "$faults"
  fi
done
finish
