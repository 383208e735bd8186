;; The inverse transforms of HEVC (ITU-T H.265, 8.6.4.2) for 8-bit samples, added to the prediction: what libde265 does
;; product by product. Same integers, same results. Works in the memory of libheif.
;; A table of cosines holds, for every two rows of the transform, as many 16-bit pairs as it has columns.
(module
  (import "libheif" "memory" (memory 1))
  ;; Addresses: tables for 4, 8, 16 and 32 columns, and room for a block between the two passes.
  (import "libheif" "cosines4" (global $cosines4 i32))
  (import "libheif" "cosines8" (global $cosines8 i32))
  (import "libheif" "cosines16" (global $cosines16 i32))
  (import "libheif" "cosines32" (global $cosines32 i32))
  (import "libheif" "block" (global $block i32))

  (func (export "add8") (param $samples i32) (param $coefficients i32) (param $stride i32)
    (call $add (local.get $samples) (local.get $coefficients) (local.get $stride) (i32.const 8) (global.get $cosines8)))
  (func (export "add16") (param $samples i32) (param $coefficients i32) (param $stride i32)
    (call $add (local.get $samples) (local.get $coefficients) (local.get $stride) (i32.const 16) (global.get $cosines16)))
  (func (export "add32") (param $samples i32) (param $coefficients i32) (param $stride i32)
    (call $add (local.get $samples) (local.get $coefficients) (local.get $stride) (i32.const 32) (global.get $cosines32)))

  (func $add (param $samples i32) (param $coefficients i32) (param $stride i32) (param $side i32) (param $cosines i32)
    (local $rowBytes i32) (local $column i32) (local $used i32) (local $pairs i32) (local $pair i32) (local $y i32)
    (local $from i32) (local $weight i32) (local $to i32) (local $tableRow i32)
    (local $upper v128) (local $lower v128) (local $left v128) (local $right v128) (local $w v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local.set $rowBytes (i32.shl (local.get $side) (i32.const 1)))
    (local.set $tableRow (i32.shl (local.get $side) (i32.const 2)))
    ;; Columns, eight at a time, from right to left: nothing is stored before the first that holds anything.
    (local.set $column (local.get $rowBytes))
    (loop $eachBlock
      (local.set $column (i32.sub (local.get $column) (i32.const 16)))
      ;; Pairs of rows up to the last that holds anything.
      (local.set $pairs (i32.shr_u (local.get $side) (i32.const 1)))
      (local.set $from (i32.add (i32.add (local.get $coefficients) (local.get $column))
        (i32.mul (local.get $side) (local.get $rowBytes))))
      (block $found
        (loop $eachEmpty
          (local.set $from (i32.sub (local.get $from) (i32.shl (local.get $rowBytes) (i32.const 1))))
          (br_if $found (v128.any_true (v128.or
            (v128.load (local.get $from))
            (v128.load (i32.add (local.get $from) (local.get $rowBytes))))))
          (br_if $eachEmpty (local.tee $pairs (i32.sub (local.get $pairs) (i32.const 1))))))
      (if (i32.and (i32.ne (local.get $pairs) (i32.const 0)) (i32.eqz (local.get $used)))
        (then (local.set $used (i32.add (local.get $column) (i32.const 16)))))
      (if (local.get $used)
        (then
          (local.set $y (i32.const 0))
          (local.set $to (i32.add (global.get $block) (local.get $column)))
          (loop $eachFourRows
            (local.set $a (i32x4.splat (i32.const 64)))
            (local.set $b (local.get $a)) (local.set $c (local.get $a)) (local.set $d (local.get $a))
            (local.set $e (local.get $a)) (local.set $f (local.get $a)) (local.set $g (local.get $a))
            (local.set $h (local.get $a))
            (local.set $from (i32.add (local.get $coefficients) (local.get $column)))
            (local.set $weight (i32.add (local.get $cosines) (i32.shl (local.get $y) (i32.const 2))))
            (local.set $pair (local.get $pairs))
            (if (local.get $pair)
              (then
                (loop $eachPair
                  (local.set $upper (v128.load (local.get $from)))
                  (local.set $from (i32.add (local.get $from) (local.get $rowBytes)))
                  (local.set $lower (v128.load (local.get $from)))
                  (local.set $from (i32.add (local.get $from) (local.get $rowBytes)))
                  (local.set $left (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23
                    (local.get $upper) (local.get $lower)))
                  (local.set $right (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31
                    (local.get $upper) (local.get $lower)))
                  (local.set $w (v128.load32_splat (local.get $weight)))
                  (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (local.get $left) (local.get $w))))
                  (local.set $b (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (local.get $right) (local.get $w))))
                  (local.set $w (v128.load32_splat offset=4 (local.get $weight)))
                  (local.set $c (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (local.get $left) (local.get $w))))
                  (local.set $d (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (local.get $right) (local.get $w))))
                  (local.set $w (v128.load32_splat offset=8 (local.get $weight)))
                  (local.set $e (i32x4.add (local.get $e) (i32x4.dot_i16x8_s (local.get $left) (local.get $w))))
                  (local.set $f (i32x4.add (local.get $f) (i32x4.dot_i16x8_s (local.get $right) (local.get $w))))
                  (local.set $w (v128.load32_splat offset=12 (local.get $weight)))
                  (local.set $g (i32x4.add (local.get $g) (i32x4.dot_i16x8_s (local.get $left) (local.get $w))))
                  (local.set $h (i32x4.add (local.get $h) (i32x4.dot_i16x8_s (local.get $right) (local.get $w))))
                  (local.set $weight (i32.add (local.get $weight) (local.get $tableRow)))
                  (br_if $eachPair (local.tee $pair (i32.sub (local.get $pair) (i32.const 1)))))))
            (v128.store (local.get $to) (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $a) (i32.const 7)) (i32x4.shr_s (local.get $b) (i32.const 7))))
            (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))
            (v128.store (local.get $to) (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $c) (i32.const 7)) (i32x4.shr_s (local.get $d) (i32.const 7))))
            (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))
            (v128.store (local.get $to) (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $e) (i32.const 7)) (i32x4.shr_s (local.get $f) (i32.const 7))))
            (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))
            (v128.store (local.get $to) (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $g) (i32.const 7)) (i32x4.shr_s (local.get $h) (i32.const 7))))
            (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))
            (br_if $eachFourRows
              (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 4))) (local.get $side))))))
      (br_if $eachBlock (local.get $column)))
    (if (i32.eqz (local.get $used)) (then (return)))
    ;; Rows, one after the other, added to the samples.
    (local.set $y (local.get $side))
    (local.set $upper (i32x4.splat (i32.const 2048)))
    (local.set $from (global.get $block))
    (loop $eachRow
      (local.set $column (i32.const 0))
      (loop $eachEight
        (local.set $a (local.get $upper))
        (local.set $b (local.get $upper))
        (local.set $pair (i32.const 0))
        (local.set $weight (i32.add (local.get $cosines) (i32.shl (local.get $column) (i32.const 2))))
        (loop $eachPair
          (local.set $w (v128.load32_splat (i32.add (local.get $from) (local.get $pair))))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s (local.get $w) (v128.load (local.get $weight)))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.dot_i16x8_s (local.get $w) (v128.load offset=16 (local.get $weight)))))
          (local.set $weight (i32.add (local.get $weight) (local.get $tableRow)))
          (br_if $eachPair
            (i32.lt_u (local.tee $pair (i32.add (local.get $pair) (i32.const 4))) (local.get $used))))
        (local.set $to (i32.add (local.get $samples) (local.get $column)))
        (local.set $a (i16x8.add
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $a) (i32.const 12)) (i32x4.shr_s (local.get $b) (i32.const 12)))
          (v128.load8x8_u (local.get $to))))
        (v128.store64_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $a) (local.get $a)))
        (br_if $eachEight
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 8))) (local.get $side))))
      (local.set $from (i32.add (local.get $from) (local.get $rowBytes)))
      (local.set $samples (i32.add (local.get $samples) (local.get $stride)))
      (br_if $eachRow (local.tee $y (i32.sub (local.get $y) (i32.const 1))))))

  (func (export "add4") (param $samples i32) (param $coefficients i32) (param $stride i32)
    (local $top v128) (local $bottom v128) (local $w v128) (local $x v128) (local $round v128)
    (local.set $w (v128.load (global.get $cosines4)))
    (local.set $x (v128.load offset=16 (global.get $cosines4)))
    (local.set $round (i32x4.splat (i32.const 64)))
    ;; Rows one and two, three and four, as pairs.
    (local.set $top (v128.load (local.get $coefficients)))
    (local.set $bottom (v128.load offset=16 (local.get $coefficients)))
    (local.set $top (i8x16.shuffle 0 1 8 9 2 3 10 11 4 5 12 13 6 7 14 15 (local.get $top) (local.get $top)))
    (local.set $bottom (i8x16.shuffle 0 1 8 9 2 3 10 11 4 5 12 13 6 7 14 15 (local.get $bottom) (local.get $bottom)))
    (v128.store (global.get $block) (i16x8.narrow_i32x4_s
      (i32x4.shr_s (i32x4.add (local.get $round) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $top)
          (i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 (local.get $w) (local.get $w)))
        (i32x4.dot_i16x8_s (local.get $bottom)
          (i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 (local.get $x) (local.get $x))))) (i32.const 7))
      (i32x4.shr_s (i32x4.add (local.get $round) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $top)
          (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get $w) (local.get $w)))
        (i32x4.dot_i16x8_s (local.get $bottom)
          (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get $x) (local.get $x))))) (i32.const 7))))
    (v128.store offset=16 (global.get $block) (i16x8.narrow_i32x4_s
      (i32x4.shr_s (i32x4.add (local.get $round) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $top)
          (i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11 (local.get $w) (local.get $w)))
        (i32x4.dot_i16x8_s (local.get $bottom)
          (i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11 (local.get $x) (local.get $x))))) (i32.const 7))
      (i32x4.shr_s (i32x4.add (local.get $round) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $top)
          (i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15 (local.get $w) (local.get $w)))
        (i32x4.dot_i16x8_s (local.get $bottom)
          (i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15 (local.get $x) (local.get $x)))))
        (i32.const 7))))
    (local.set $round (i32x4.splat (i32.const 2048)))
    (call $addRow4 (local.get $samples) (local.get $w) (local.get $x) (local.get $round)
      (v128.load32_splat (global.get $block)) (v128.load32_splat offset=4 (global.get $block)))
    (local.set $samples (i32.add (local.get $samples) (local.get $stride)))
    (call $addRow4 (local.get $samples) (local.get $w) (local.get $x) (local.get $round)
      (v128.load32_splat offset=8 (global.get $block)) (v128.load32_splat offset=12 (global.get $block)))
    (local.set $samples (i32.add (local.get $samples) (local.get $stride)))
    (call $addRow4 (local.get $samples) (local.get $w) (local.get $x) (local.get $round)
      (v128.load32_splat offset=16 (global.get $block)) (v128.load32_splat offset=20 (global.get $block)))
    (local.set $samples (i32.add (local.get $samples) (local.get $stride)))
    (call $addRow4 (local.get $samples) (local.get $w) (local.get $x) (local.get $round)
      (v128.load32_splat offset=24 (global.get $block)) (v128.load32_splat offset=28 (global.get $block))))

  (func $addRow4 (param $samples i32) (param $w v128) (param $x v128) (param $round v128)
    (param $first v128) (param $second v128)
    (local.set $w (i32x4.shr_s
      (i32x4.add (local.get $round) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $first) (local.get $w))
        (i32x4.dot_i16x8_s (local.get $second) (local.get $x))))
      (i32.const 12)))
    (local.set $w (i16x8.add
      (i16x8.narrow_i32x4_s (local.get $w) (local.get $w))
      (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $samples)))))
    (v128.store32_lane 0 (local.get $samples) (i8x16.narrow_i16x8_u (local.get $w) (local.get $w)))))
