#include "stat/start.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>

void lkv_stat_start(void)
{
    gsl_set_error_handler_off();
}

const char *lkv_stat_gsl_version(void)
{
    return gsl_version;
}
