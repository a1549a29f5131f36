#include "engine/signal/symmetric.h"

#include <math.h>

enum { N = 3, SWEEPS = 60 };

/* Turns the plane of axes p and q so that m[p][q] becomes 0; v keeps what was turned. */
static void rotate(double m[N][N], double v[N][N], int p, int q)
{
    double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
    double t = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1), s = t * c;
    for (int k = 0; k < N; k++) {
        double a = m[k][p], b = m[k][q];
        m[k][p] = c * a - s * b;
        m[k][q] = s * a + c * b;
    }
    for (int k = 0; k < N; k++) {
        double a = m[p][k], b = m[q][k];
        m[p][k] = c * a - s * b;
        m[q][k] = s * a + c * b;
    }
    for (int k = 0; k < N; k++) {
        double a = v[p][k], b = v[q][k];
        v[p][k] = c * a - s * b;
        v[q][k] = s * a + c * b;
    }
}

static void exchange(double value[N], double vector[N][N], int i, int j)
{
    double t = value[i];
    value[i] = value[j];
    value[j] = t;
    for (int k = 0; k < N; k++) {
        t = vector[i][k];
        vector[i][k] = vector[j][k];
        vector[j][k] = t;
    }
}

static void orient(double v[N])
{
    int largest = 0;
    for (int k = 1; k < N; k++)
        if (fabs(v[k]) > fabs(v[largest]))
            largest = k;
    double sign = v[largest] < 0 ? -1 : 1;
    for (int k = 0; k < N; k++)
        v[k] *= sign;
}

void symmetric_eigen(double m[N][N], double value[N], double vector[N][N])
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            vector[i][k] = i == k;
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int p = 0; p < N - 1; p++)
            for (int q = p + 1; q < N; q++)
                if (m[p][q] != 0)
                    rotate(m, vector, p, q);
    for (int i = 0; i < N; i++)
        value[i] = m[i][i];
    for (int i = 0; i < N - 1; i++)
        for (int j = 0; j < N - 1 - i; j++)
            if (value[j] < value[j + 1])
                exchange(value, vector, j, j + 1);
    for (int i = 0; i < N; i++)
        orient(vector[i]);
}
