#!/bin/sh
# Any program can be tuned. This one finds the least of a valley by walking downhill, with sh and awk alone:
#   train.sh STEP FRICTION
# Its checkpoint is one line: the epoch, the place and the speed.
set -eu
state=$HYPERSEARCH_CHECKPOINT_DIR/state
epoch=0 x=4 y=-3 u=0 v=0
if [ -f "$state" ]; then read -r epoch x y u v < "$state"; fi

while [ "$epoch" -lt "$HYPERSEARCH_EPOCHS" ]; do
  epoch=$((epoch + 1))
  line=$(LC_ALL=C awk -v step="$1" -v friction="$2" -v x="$x" -v y="$y" -v u="$u" -v v="$v" 'BEGIN {
    for (i = 0; i < 5; i++) {                       # height: x² + 25 y², a narrow valley
      u = friction * u - step * 2 * x;  v = friction * v - step * 50 * y
      x += u;  y += v
    }
    printf "%.17g %.17g %.17g %.17g %.17g", x, y, u, v, x * x + 25 * y * y
  }')
  # shellcheck disable=SC2086 # five numbers, five words
  set -- "$1" "$2" $line
  x=$3 y=$4 u=$5 v=$6
  echo "{\"epoch\": $epoch, \"height\": $7}"
  echo "$epoch $x $y $u $v" > "$state.new"
  mv "$state.new" "$state"
done
