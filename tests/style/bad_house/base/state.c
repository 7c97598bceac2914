/* What the test of symbols must catch: state that outlives a call. */
int likvard_bad_count(void);

int likvard_bad_count(void)
{
    static int count;
    return ++count;
}
