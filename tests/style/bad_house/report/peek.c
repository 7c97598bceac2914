/* What the test of floors must catch: a report that sees results. */
#include "measure/results.h"
