/* What the app calls: one AV1 still picture in, planes out. Made for one picture; the instance is thrown away then. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "dav1d/dav1d.h"

static int facts[9];

static void keep(const uint8_t *bytes, void *user) {
  (void)bytes;
  (void)user;
}

__attribute__((export_name("allocate"))) void *allocate(size_t length) {
  return malloc(length);
}

/* Where the functions below leave what they found, 32 bits each. */
__attribute__((export_name("facts"))) int *facts_found(void) {
  return facts;
}

/*
 * What the sequence header states: width and height at most, bits, layout (0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4), matrix
 * and full range.
 */
__attribute__((export_name("examine"))) int examine(const uint8_t *bytes, size_t length) {
  Dav1dSequenceHeader header;
  int error = dav1d_parse_sequence_header(&header, bytes, length);
  if (error) return error;
  const int found[] = { header.max_width, header.max_height, 8 + 2 * header.hbd, header.layout,
    header.mtrx, header.color_range };
  memcpy(facts, found, sizeof found);
  return 0;
}

/*
 * The first picture of at most so many pixels. Film grain is left out: it needs all planes twice and is gone when
 * the picture is reduced. 0, or dav1d's error number. The bytes must stay.
 * Facts: width, height, bits, layout, strides of light and colour in bytes, addresses of the planes.
 */
__attribute__((export_name("decode"))) int decode(const uint8_t *bytes, size_t length, unsigned pixels_at_most) {
  static Dav1dContext *context;
  static Dav1dPicture picture;
  Dav1dSettings settings;
  dav1d_default_settings(&settings);
  settings.n_threads = 1;
  settings.max_frame_delay = 1;
  settings.apply_grain = 0;
  settings.all_layers = 0;
  settings.frame_size_limit = pixels_at_most;
  settings.logger.callback = NULL;
  int error = dav1d_open(&context, &settings);
  if (error) return error;
  Dav1dData data = { 0 };
  error = dav1d_data_wrap(&data, bytes, length, keep, NULL);
  if (error) return error;
  for (;;) {
    if (data.sz) {
      error = dav1d_send_data(context, &data);
      if (error && error != DAV1D_ERR(EAGAIN)) return error;
    }
    const size_t left = data.sz;
    error = dav1d_get_picture(context, &picture);
    if (!error) break;
    if (error != DAV1D_ERR(EAGAIN) || !left) return error;
  }
  const int found[] = { picture.p.w, picture.p.h, picture.p.bpc, picture.p.layout,
    (int)picture.stride[0], (int)picture.stride[1],
    (int)picture.data[0], (int)picture.data[1], (int)picture.data[2] };
  memcpy(facts, found, sizeof found);
  return 0;
}
