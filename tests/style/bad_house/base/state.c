#include <stdlib.h>

/* What the test of symbols must catch: state that outlives a call, and a call
 * that keeps one.
 */
int likvard_bad_count(void);

int likvard_bad_count(void)
{
    static int count;
    count += rand() % 2;
    return ++count;
}
