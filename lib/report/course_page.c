#include "report/course_page.h"

#include "io/json.h"
#include "report/page.h"
#include "report/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- pieces of a card --- */

static double real_of(const json_t *o, const char *name)
{
    double value = NAN;
    json_get_real(o, name, &value);
    return value;
}

/* The largest round length that a third of the panel holds. */
static double bar_mm(double field_mm)
{
    static const double lengths[] = {200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1};
    size_t last = sizeof lengths / sizeof lengths[0] - 1;
    for (size_t i = 0; i < last; i++)
        if (lengths[i] <= field_mm / 3)
            return lengths[i];
    return lengths[last];
}

static void put_scale(struct html *h, double field_mm)
{
    double mm = bar_mm(field_mm);
    struct shown end = shown_real(10 + mm / field_mm * VIEW_PIXELS, 5);
    html_put(h,
             "<svg width=\"200\" height=\"40\" aria-hidden=\"true\">"
             "<path d=\"M10 28v4H{}v-4\" fill=\"none\" stroke=\"#000\" stroke-width=\"4\"/>"
             "<path d=\"M10 28v4H{}v-4\" fill=\"none\" stroke=\"#fff\" stroke-width=\"1.5\"/>"
             "<text x=\"12\" y=\"24\" "
             "style=\"fill:#fff;stroke:#000;stroke-width:3px;paint-order:stroke\">"
             "{} mm</text></svg>",
             end.text, end.text, shown_real(mm, 3).text);
}

static const char *letter(const json_t *fact, int plane, size_t side)
{
    const json_t *letters = json_array_get(json_object_get(fact, "letters"), (size_t)plane);
    const char *text = json_string_value(json_array_get(letters, side));
    return text ? text : "";
}

static void put_plane(struct html *h, const struct told_course *c, const struct told_region *r,
                      int plane)
{
    static const char *const classes[VIEW_PLANES] = {"plane p0", "plane p1", "plane p2"};
    const char *picture = json_get_text(r->fact, "picture", "");
    json_int_t slice =
        json_integer_value(json_array_get(json_object_get(r->fact, "slices"), (size_t)plane));
    html_put(h, "<figure class=\"{}\">", classes[plane]);
    if (*c->pictures)
        html_put(h, "<img loading=\"lazy\" width=\"288\" height=\"288\" src=\"./{}{}\"",
                 c->pictures, picture);
    else
        html_put(h, "<img width=\"288\" height=\"288\" src=\"data:image/png;base64,{}\"", picture);
    html_put(h, " alt=\"{} plane through {}, its contour in the colour of {}\">",
             view_plane_names[plane], r->name, r->source);
    html_put(h,
             "<i class=\"l\">{}</i><i class=\"r\">{}</i><i class=\"t\">{}</i><i class=\"b\">{}</i>",
             letter(r->fact, plane, 0), letter(r->fact, plane, 1), letter(r->fact, plane, 2),
             letter(r->fact, plane, 3));
    put_scale(h, real_of(r->fact, "field_mm"));
    html_put(h, "<figcaption>{}, slice {}</figcaption></figure>\n", view_plane_names[plane],
             shown_int((long long)slice).text);
}

static void put_histogram(struct html *h, const json_t *fact)
{
    const json_t *bins = json_object_get(fact, "bins"), *bin;
    size_t i;
    double most = 1;
    json_array_foreach(bins, i, bin)
    {
        most = fmax(most, (double)json_integer_value(bin));
    }
    struct str path = {0};
    json_array_foreach(bins, i, bin)
    {
        double height = 80 * (double)json_integer_value(bin) / most;
        if (height > 0)
            str_addf(&path, "M%zu 84v-%.1fh5v%.1fz", i * 6, height, height);
    }
    html_put(
        h,
        "<figure><svg width=\"290\" height=\"104\" role=\"img\" aria-label=\"Histogram of the "
        "values "
        "inside: from {} to {}, median {}\"><path class=\"bar\" d=\"{}\"/><path class=\"axis\" "
        "d=\"M0 84.5h288\"/><text x=\"0\" y=\"99\">{}</text><text x=\"288\" y=\"99\" "
        "text-anchor=\"end\">{}</text></svg><figcaption class=\"dim\">histogram, percentiles 0.5 "
        "to "
        "99.5</figcaption></figure>\n",
        shown_real(real_of(fact, "lo"), 4).text, shown_real(real_of(fact, "hi"), 4).text,
        shown_real(real_of(fact, "median"), 4).text, str_text(&path),
        shown_real(real_of(fact, "lo"), 4).text, shown_real(real_of(fact, "hi"), 4).text);
    str_free(&path);
}

static void put_values(struct html *h, const json_t *fact, const char *modality)
{
    const char *unit = strcmp(modality, "CT") == 0 ? " HU" : "";
    static const char *const shown[] = {"min", "mean", "median", "max"};
    html_put(h, "<div><dt>volume</dt><dd>{} ml ({} voxels)</dd></div>",
             shown_real(real_of(fact, "volume_ml"), 4).text,
             shown_int((long long)json_integer_value(json_object_get(fact, "voxels"))).text);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        html_put(h, "<div><dt>{}</dt><dd>{}{}</dd></div>", shown[i],
                 shown_real(real_of(fact, shown[i]), 4).text, unit);
    html_put(h, "<div><dt>window</dt><dd>{} ({} to {}{})</dd></div>",
             json_get_text(fact, "window", ""), shown_real(real_of(fact, "window_lo"), 3).text,
             shown_real(real_of(fact, "window_hi"), 3).text, unit);
}

static void put_card(struct html *h, const struct told_course *c, const struct told_region *r)
{
    struct str anchor = {0};
    course_anchor(&anchor, r->source, r->roi_id);
    html_put(h, "<section class=\"card\" id=\"{}\">\n<h3><bdi>{}</bdi></h3>\n<dl>",
             str_text(&anchor), r->name);
    str_free(&anchor);
    html_put(h, "<div><dt>source</dt><dd>{}</dd></div>", r->source);
    if (*r->original_name && strcmp(r->original_name, r->name) != 0)
        html_put(h, "<div><dt>original name</dt><dd><bdi>{}</bdi></dd></div>", r->original_name);
    if (*r->state) {
        html_put(h, "<div><dt>state</dt><dd>");
        page_state(h, r->state);
        html_put(h, "</dd></div>");
    }
    put_values(h, r->fact, c->modality);
    html_put(h, "</dl>\n");
    if (*r->reason)
        html_put(h, "<p>{}</p>\n", r->reason);
    html_put(h, "<div class=\"planes\">\n");
    for (int p = 0; p < VIEW_PLANES; p++)
        put_plane(h, c, r, p);
    put_histogram(h, r->fact);
    html_put(h, "</div>\n");
    html_put(h, "</section>\n");
}

/* --- the page --- */

void course_anchor(struct str *out, const char *source, const char *roi_id)
{
    str_addf(out, "r-%s-%s", source, roi_id);
}

static void put_key(struct html *h, const struct told_course *c)
{
    bool used[SHEET_KINDS] = {false};
    for (size_t i = 0; i < c->n; i++)
        used[sheet_kind_of(c->region[i].source)] = true;
    html_put(h, "<p class=\"key\">Contours:");
    for (int k = 0; k < SHEET_KINDS; k++) {
        char colour[16];
        const uint8_t *rgb = sheet_colours[k].rgb;
        snprintf(colour, sizeof colour, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
        if (used[k])
            html_put(h,
                     " <svg width=\"28\" height=\"16\" aria-hidden=\"true\"><rect x=\"2\" y=\"2\" "
                     "width=\"24\" height=\"12\" fill=\"#333\" stroke=\"{}\" "
                     "stroke-width=\"3\"/></svg> {}",
                     colour, sheet_colours[k].what);
    }
    html_put(h, ". The region itself is drawn solid, other regions dotted. Letters name the sides: "
                "R right, "
                "L left, A front, P back, S head, I feet.</p>\n");
}

/* A region without a picture is here only, and links to it end here. States and reasons are told in
 * a cohort; one image and its masks have none. */
static void put_line(struct html *h, const struct told_region *r, bool in_cohort)
{
    struct str anchor = {0};
    course_anchor(&anchor, r->source, r->roi_id);
    if (r->fact)
        html_put(h, "<tr><td><a href=\"#{}\"><bdi>{}</bdi></a></td>", str_text(&anchor), r->name);
    else
        html_put(h, "<tr id=\"{}\"><td><bdi>{}</bdi></td>", str_text(&anchor), r->name);
    html_put(h, "<td>{}</td><td class=\"n\">{}</td>", r->source,
             shown_real(real_of(r->fact, "volume_ml"), 4).text);
    if (in_cohort) {
        html_put(h, "<td>");
        page_state(h, r->state);
        html_put(h, "</td><td>{}</td>", r->reason);
    }
    html_put(h, "</tr>\n");
    str_free(&anchor);
}

static void put_list(struct html *h, const struct told_course *c)
{
    bool in_cohort = c->back != NULL;
    html_put(h,
             "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"List of "
             "regions\"><table class=\"{}\"><thead><tr><th scope=\"col\">region</th><th "
             "scope=\"col\">source</th><th scope=\"col\" class=\"n\">volume, ml</th>",
             in_cohort ? "sort why" : "sort");
    if (in_cohort)
        html_put(h, "<th scope=\"col\">state</th><th scope=\"col\">reason</th>");
    html_put(h, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < c->n; i++)
        put_line(h, &c->region[i], in_cohort);
    html_put(h, "</tbody></table></div>\n");
}

static void put_size(struct html *h, const struct told_course *c)
{
    double size[3], mm[3];
    if (!json_get_reals(c->facts, "size", 3, size) ||
        !json_get_reals(c->facts, "spacing_mm", 3, mm)) {
        html_put(h, "<p>The image of this course could not be made or read, so there are no "
                    "pictures.</p>\n");
        return;
    }
    html_put(h,
             "<p class=\"dim\">{} image of {} x {} x {} voxels of {} x {} x {} mm. Pictures are "
             "drawn from the image and the "
             "masks that the features are computed from.</p>\n",
             c->modality, shown_int((long long)size[0]).text, shown_int((long long)size[1]).text,
             shown_int((long long)size[2]).text, shown_real(mm[0], 4).text,
             shown_real(mm[1], 4).text, shown_real(mm[2], 4).text);
}

/* To the cohort, and to the courses beside this one. */
static void put_ways(struct html *h, const struct told_course *c)
{
    if (!c->back)
        return;
    html_put(h, "<nav aria-label=\"Courses\"><a href=\"./{}\">Back to the cohort</a>", c->back);
    if (c->before)
        html_put(h, " <a rel=\"prev\" href=\"./{}\">Course before</a>", c->before);
    if (c->behind)
        html_put(h, " <a rel=\"next\" href=\"./{}\">Next course</a>", c->behind);
    html_put(h, "</nav>\n");
}

void course_page(const struct told_course *c, struct html *h)
{
    page_begin(h, c->title);
    put_ways(h, c);
    html_put(h, "<h1><bdi>{}</bdi></h1>\n", c->title);
    put_size(h, c);
    put_list(h, c);
    html_put(h, "<h2>Contact sheet</h2>\n");
    put_key(h, c);
    for (size_t i = 0; i < c->n; i++)
        if (c->region[i].fact)
            put_card(h, c, &c->region[i]);
    page_end(h);
    page_script(h);
    html_put(h, "</body>\n</html>\n");
}
