import { cells, expect, test } from './kartoteka.ts'

test.use({ viewport: { width: 700, height: 800 } })

test('in a narrow window the side bar and the panel give way to the photos', async ({ app, picture }) => {
  const rail = app.getByRole('navigation', { name: 'Library' })
  await expect(rail).toHaveCount(0)
  await app.getByRole('button', { name: 'Show the side bar' }).click()
  await rail.getByRole('button', { name: /^Problems/u }).click()
  await expect(app.getByText('empty.jpg')).toBeVisible()
  await expect(rail).toHaveCount(0)

  await app.getByRole('button', { name: 'Show the side bar' }).click()
  await picture('narrow-side-bar')
  await app.mouse.click(600, 600)
  await expect(rail).toHaveCount(0)

  await app.keyboard.press('Control+f')
  await app.keyboard.press('Escape')
  await cells(app).first().dblclick()
  const panel = app.getByRole('complementary', { name: 'Information' })
  await expect(app.getByRole('dialog').getByText(/^1 of/u)).toBeVisible()
  await expect(panel).toHaveCount(0)
  await app.keyboard.press('i')
  await expect(panel).toBeVisible()
})
