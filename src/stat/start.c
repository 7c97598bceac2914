#include "stat/start.h"

#include <gsl/gsl_errno.h>

void lkv_stat_start(void)
{
    gsl_set_error_handler_off();
}
