#include "measure/dealt.h"

#include <math.h>

#include "measure/widths.h"
#include "stat/jackknife.h"

enum { SCHOOLS_LEAST = 10, DRAWS_MOST = 199 };

size_t lkv_dealt_draws(const lkv_question *question)
{
    return MIN(question->replicates, DRAWS_MOST);
}

lkv_stream lkv_dealt_stream(const lkv_question *question, size_t draw)
{
    return lkv_stream_open((lkv_stream_key){
        .seed = question->seed,
        .measure = question->measure,
        .unit = ((uint32_t)question->population << 16) | question->group_by,
        .replicate = draw});
}

void lkv_dealt_interval(lkv_estimate *estimate, const lkv_question *question,
                        const double *without, int64_t schools,
                        lkv_interval limits)
{
    double error = lkv_jackknife_error(without, (size_t)schools);
    if (schools < SCHOOLS_LEAST || !isfinite(error)) {
        return;
    }
    double t = lkv_widths_at(question->widths, schools - 1);
    estimate->error = error;
    estimate->df = (double)(schools - 1);
    estimate->low = fmax(limits.low, estimate->real - t * error);
    estimate->high = fmin(limits.high, estimate->real + t * error);
}
