;; The inner loops of resample.ts, eight to sixteen bytes at a time. Same integers, same results.
;; A table of taps holds, per output row or column, 8 bytes (first source row or column, pairs of taps)
;; and from `weights` on, at `stride` bytes each, the weights as 16-bit pairs.
(module
  (memory (export "memory") 1)
  (func (export "resample")
    (param $source i32) (param $sourceStride i32) (param $rowBytes i32)
    (param $rows i32) (param $rowWeights i32) (param $rowStride i32) (param $height i32)
    (param $columns i32) (param $columnWeights i32) (param $columnStride i32) (param $width i32)
    (param $scratch i32) (param $target i32)
    (local $y i32) (local $x i32) (local $pair i32) (local $pairs i32) (local $from i32) (local $below i32)
    (local $weight i32) (local $first i32) (local $entry i32) (local $to i32)
    (local $w v128) (local $upper v128) (local $lower v128) (local $mixed v128) (local $half v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $half (i32x4.splat (i32.const 8192)))
    (local.set $to (local.get $target))
    (loop $eachRow
      ;; One row of the result at full width: source rows blended two by two.
      (local.set $entry (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 3))))
      (local.set $first (i32.add (local.get $source)
        (i32.mul (i32.load (local.get $entry)) (local.get $sourceStride))))
      (local.set $pairs (i32.load offset=4 (local.get $entry)))
      (local.set $x (i32.const 0))
      (loop $eachBlock
        (local.set $a (local.get $half)) (local.set $b (local.get $half))
        (local.set $c (local.get $half)) (local.set $d (local.get $half))
        (local.set $from (i32.add (local.get $first) (local.get $x)))
        (local.set $weight (i32.add (local.get $rowWeights) (i32.mul (local.get $y) (local.get $rowStride))))
        (local.set $pair (local.get $pairs))
        (loop $eachPair
          (local.set $w (v128.load32_splat (local.get $weight)))
          (local.set $below (i32.add (local.get $from) (local.get $sourceStride)))
          (local.set $upper (v128.load (local.get $from)))
          (local.set $lower (v128.load (local.get $below)))
          (local.set $mixed (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23
            (local.get $upper) (local.get $lower)))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $mixed)) (local.get $w))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $mixed)) (local.get $w))))
          (local.set $mixed (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31
            (local.get $upper) (local.get $lower)))
          (local.set $c (i32x4.add (local.get $c)
            (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $mixed)) (local.get $w))))
          (local.set $d (i32x4.add (local.get $d)
            (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $mixed)) (local.get $w))))
          (local.set $from (i32.add (local.get $below) (local.get $sourceStride)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $eachPair (local.tee $pair (i32.sub (local.get $pair) (i32.const 1)))))
        (v128.store (i32.add (local.get $scratch) (local.get $x))
          (i8x16.narrow_i16x8_u
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $a) (i32.const 14)) (i32x4.shr_s (local.get $b) (i32.const 14)))
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $c) (i32.const 14)) (i32x4.shr_s (local.get $d) (i32.const 14)))))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br_if $eachBlock (i32.lt_u (local.get $x) (local.get $rowBytes))))
      ;; Then its pixels, each from neighbours taken two by two.
      (local.set $x (i32.const 0))
      (local.set $weight (local.get $columnWeights))
      (local.set $entry (local.get $columns))
      (loop $eachPixel
        (local.set $from (i32.add (local.get $scratch)
          (i32.mul (i32.load (local.get $entry)) (i32.const 3))))
        (local.set $pair (i32.load offset=4 (local.get $entry)))
        (local.set $below (local.get $weight))
        (local.set $a (local.get $half))
        (loop $eachNeighbour
          (local.set $mixed (v128.load64_zero (local.get $from)))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s
              (i16x8.extend_low_i8x16_u
                (i8x16.shuffle 0 3 1 4 2 5 8 8 8 8 8 8 8 8 8 8 (local.get $mixed) (local.get $mixed)))
              (v128.load32_splat (local.get $below)))))
          (local.set $from (i32.add (local.get $from) (i32.const 6)))
          (local.set $below (i32.add (local.get $below) (i32.const 4)))
          (br_if $eachNeighbour (local.tee $pair (i32.sub (local.get $pair) (i32.const 1)))))
        (local.set $a (i32x4.shr_s (local.get $a) (i32.const 14)))
        (local.set $a (i16x8.narrow_i32x4_s (local.get $a) (local.get $a)))
        (v128.store32_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $a) (local.get $a)))
        (local.set $to (i32.add (local.get $to) (i32.const 3)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
        (local.set $weight (i32.add (local.get $weight) (local.get $columnStride)))
        (br_if $eachPixel (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (br_if $eachRow (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))))
