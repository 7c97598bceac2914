#include "app/handle.h"

#include "base/date.h"

/* GDateTime ends with the year 9999. */
#define LATEST_SECOND INT64_C(253402300799)

enum { SECONDS_A_DAY = 86400 };

static void free_profile(gpointer profile)
{
    lkv_profile_free(profile);
}

likvard *lkv_handle_new(void)
{
    likvard *run = g_new0(likvard, 1);
    run->diag = lkv_diag_new();
    run->profiles = g_ptr_array_new_with_free_func(free_profile);
    return run;
}

void lkv_handle_read_profiles(likvard *run)
{
    const lkv_privacy_spec *privacy = &run->study->privacy;
    for (const char *const *id = privacy->profiles; *id; id++) {
        lkv_profile *profile =
            lkv_profile_read(*id, privacy->accept_small_cells, run->diag);
        if (profile) {
            g_ptr_array_add(run->profiles, profile);
        }
    }
}

bool lkv_handle_stopped(const likvard *run)
{
    return lkv_stop_asked(&run->stop);
}

lkv_crew lkv_handle_crew(const likvard *run)
{
    return (lkv_crew){.threads = run->study->jobs ? run->study->jobs
                                                  : lkv_processors(),
                      .stop = &run->stop};
}

static int64_t date_of(const likvard *run)
{
    if (run->study->population.has_reference_date) {
        return run->study->population.reference_date;
    }
    char text[16];
    int64_t days = 0;
    g_snprintf(text, sizeof text, "%04d-06-30", run->study->year);
    lkv_date_read(text, &days);
    return days;
}

#define CREATED_BY "SOURCE_DATE_EPOCH"

/* False where it is not stated, or is no time. */
static bool created_stated(gint64 *seconds)
{
    const char *text = g_getenv(CREATED_BY);
    return text &&
           g_ascii_string_to_signed(text, 10, 0, LATEST_SECOND, seconds, NULL);
}

int64_t lkv_handle_created(const likvard *run)
{
    if (run->finished) {
        return run->created;
    }
    gint64 seconds = 0;
    return created_stated(&seconds) ? seconds : date_of(run) * SECONDS_A_DAY;
}

void lkv_handle_check_created(const likvard *run)
{
    gint64 seconds = 0;
    if (!g_getenv(CREATED_BY) || created_stated(&seconds)) {
        return;
    }
    g_autofree char *created = lkv_handle_created_text(run);
    lkv_message *message =
        lkv_diag_add(run->diag, "W-CREATED", (lkv_place){.field = CREATED_BY},
                     "no number of seconds since 1970; it is not used");
    lkv_message_why(message, "The files are dated %s", created);
    lkv_message_fix(message, "write it as `date +%%s` does, or unset it");
}

char *lkv_handle_created_text(const likvard *run)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(lkv_handle_created(run));
    return g_date_time_format_iso8601(when);
}

const lkv_release *lkv_handle_release(const likvard *run, size_t index)
{
    return run->finished ? g_ptr_array_index(run->finished, index)
                         : lkv_disclosure_release(run->disclosure, index);
}

void lkv_handle_step(const likvard *run, const char *words, size_t done,
                     size_t total)
{
    if (run->progress) {
        run->progress(run->context, words, done, total);
    }
}
